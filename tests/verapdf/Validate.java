import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;

/**
 * Checks PDF files with veraPDF's own profiles: Validate FLAVOUR[,FLAVOUR…] FILE…
 *
 * Prints one line per failed check, tab-separated: file, flavour, clause, what the rule asks and where
 * it is not met; and one line "file, flavour, checked" for every check that came to its end. A caller
 * that misses the latter knows that nothing was checked.
 */
public class Validate {

    private static final int PLACES_PER_RULE = 3;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++) {
            for (String name : arguments[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
                if (flavour == PDFAFlavour.NO_FLAVOUR) {
                    throw new IllegalArgumentException("unknown flavour " + name);
                }
                for (String line : check(new File(arguments[index]), flavour)) {
                    System.out.println(line);
                }
            }
        }
    }

    private static List<String> check(File file, PDFAFlavour flavour) throws Exception {
        ValidatorConfig config = new ValidatorConfigBuilder()
            .flavour(flavour)
            .maxNumberOfDisplayedFailedChecks(PLACES_PER_RULE)
            .showErrorMessages(true)
            .build();
        List<String> lines = new ArrayList<>();
        try (
            PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(config, flavour)
        ) {
            for (ValidationResult result : validator.validateAll(parser)) {
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        lines.add(failure(file, flavour, result, assertion));
                    }
                }
                String end = result.getJobEndStatus().name();
                if (lines.isEmpty() && !result.isCompliant()) {
                    lines.add(line(file, flavour, "-", "not compliant", "the whole file"));
                }
                if (end.equals("NORMAL") && result.getTotalAssertions() > 0) {
                    lines.add(line(file, flavour, "checked"));
                }
            }
        }
        return lines;
    }

    private static String failure(
        File file, PDFAFlavour flavour, ValidationResult result, TestAssertion assertion
    ) {
        Rule rule = result.getValidationProfile().getRuleByRuleId(assertion.getRuleId());
        String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        String place = assertion.getLocation().getContext();
        return line(file, flavour, clause, rule.getDescription(), place);
    }

    private static String line(File file, PDFAFlavour flavour, String... parts) {
        StringBuilder line = new StringBuilder(file.getPath()).append('\t').append(flavour.getId());
        for (String part : parts) {
            line.append('\t').append(part.replaceAll("\\s+", " "));
        }
        return line.toString();
    }
}

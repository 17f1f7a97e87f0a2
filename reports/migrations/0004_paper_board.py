import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_from_template(apps, schema_editor):
    """Papers that were opened before went to the board of their template."""
    Paper = apps.get_model("reports", "Paper")
    PaperTemplate = apps.get_model("reports", "PaperTemplate")
    of_template = PaperTemplate.objects.filter(pk=OuterRef("template")).values("board")
    Paper.objects.filter(board__isnull=True).update(board=Subquery(of_template))


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0023_hosts_with_dates"),
        ("reports", "0003_rules_and_templates_are_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="board",
            field=models.ForeignKey(
                help_text="The board that receives it: its template’s when it was opened.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="programme.board",
            ),
        ),
        migrations.RunPython(take_from_template, migrations.RunPython.noop),
    ]

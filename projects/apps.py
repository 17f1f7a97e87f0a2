from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from programme import happenings, openings, record_words, uses
        from programme.choices import Measure
        from projects import charges, holdings, keys, measures, record, stages
        from projects.selectors.proposals import latest_slip

        record_words.register(self.name, record.VERBS, record.LABELS)
        charges.register_all()
        holdings.register_all()
        measures.register(Measure.SLIP, latest_slip)
        openings.register(stages.begun_after)
        happenings.register(stages.last_accepted)
        uses.register("programme.ratinglevel", "keys", keys.WORDS, keys.periods_of_level)
        uses.register("programme.dimension", "keys", keys.WORDS, keys.periods_of_dimension)

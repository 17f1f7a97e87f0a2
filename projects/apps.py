from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from programme import openings, record_words
        from projects import charges, record, stages

        record_words.register(self.name, record.VERBS, record.LABELS)
        charges.register_all()
        openings.register(stages.begun_after)

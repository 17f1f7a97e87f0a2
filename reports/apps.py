from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from programme import record_words
        from reports import record

        record_words.register(self.name, record.VERBS, record.LABELS)

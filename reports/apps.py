from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from programme import record_words, uses
        from reports import record
        from reports.selectors import sections_of_workstream

        record_words.register(self.name, record.VERBS, record.LABELS)
        uses.register(
            "projects.workstream",
            "sections",
            ("section of a paper", "sections of papers"),
            sections_of_workstream,
        )

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammeConfig(AppConfig):
    name = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers what must be known once models are loaded: the check that production holds no
        example accounts, the guards and words of the record, what a successor takes over, and what
        is recorded of accounts."""
        from programme import charges, record, record_guards, record_words
        from programme.site import account_record, safeguards  # noqa: F401

        record_words.register(self.name, record.VERBS, record.LABELS)
        charges.register_all()
        account_record.listen()
        post_migrate.connect(record_guards.install_after_migrate, sender=self)

from django.db import migrations, models
from django.db.models import F, Q


def handed_in(apps, schema_editor):
    StatusUpdate = apps.get_model("projects", "StatusUpdate")
    StatusUpdate.objects.filter(state="submitted").update(state="handed_in")


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_earlier_leads")]

    operations = [
        migrations.RemoveConstraint("statusupdate", "update_not_reviewed_by_its_author"),
        migrations.RenameField("statusupdate", "submitted_by", "handed_in_by"),
        migrations.RenameField("statusupdate", "submitted_at", "handed_in_at"),
        migrations.AlterField(
            model_name="statusupdate",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("handed_in", "Handed in"),
                    ("returned", "Returned"),
                    ("accepted", "Accepted"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.RunPython(handed_in, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(handed_in_by__isnull=True)
                | ~Q(reviewed_by=F("handed_in_by")),
                name="update_not_reviewed_by_its_author",
                violation_error_message="Nobody reviews their own update.",
            ),
        ),
    ]

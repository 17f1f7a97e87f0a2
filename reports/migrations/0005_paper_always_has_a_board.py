import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the one before: PostgreSQL alters no table to which a transaction has just written.
    dependencies = [("reports", "0004_paper_board")]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="board",
            field=models.ForeignKey(
                help_text="The board that receives it: its template’s when it was opened.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="programme.board",
            ),
        ),
    ]

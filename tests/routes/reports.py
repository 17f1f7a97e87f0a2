"""The way in, home and papers."""

from tests.routes import rows
from tests.routes.table import (
    SIGNED_IN,
    Route,
    administering,
    each_writing,
    parts,
    reading,
    writing,
)

ROUTES = [
    Route("reports:start", get=SIGNED_IN),
    administering("reports:programmes:choose", post=""),
    administering("reports:programmes:add"),
    administering("reports:programmes:preset", lambda programme: {"preset": "plain"}),
    administering("reports:programmes:copy", lambda programme: {"source": "essex"}),
    administering("reports:programmes:file"),
    reading("reports:home"),
    reading("reports:moved"),
    reading("reports:search"),
    reading("reports:help:front"),
    reading("reports:help:page", rows.guide_of_office),
    Route("reports:portal_help:front", get=SIGNED_IN),
    Route("reports:portal_help:page", lambda programme: {"guide": "set-up"}, get=SIGNED_IN),
    reading("reports:set_up", get="office admin"),
    writing("reports:programme_file:load", "office"),
    reading("reports:programme_file:export", get="office", file=True, heavy=True),
    reading("reports:programme_file:set_up", get="office admin", file=True),
    reading("reports:templates:list", get="office admin"),
    writing("reports:templates:add", "office admin"),
    *parts("reports:templates", "template", rows.template_row),
    reading("reports:papers:list"),
    writing("reports:papers:add", "office secretary"),
    *each_writing(
        "reports:papers:edit",
        [
            ("of a board of one’s own", "office secretary", rows.draft_paper()),
            ("of another board", "office", rows.draft_paper(rows.OTHER_BOARD)),
        ],
    ),
    reading("reports:papers:detail", rows.paper),
    reading("reports:papers:pdf", rows.paper, file=True, heavy=True),
    reading("reports:papers:making", rows.file_in_the_making),
    reading("reports:papers:data", rows.paper, file=True, heavy=True),
]

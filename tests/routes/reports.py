"""The way in, home and papers."""

from tests.routes import rows
from tests.routes.table import SIGNED_IN, Route, reading

ROUTES = [
    Route("reports:start", get=SIGNED_IN),
    reading("reports:home"),
    reading("reports:set_up", get="office admin"),
    reading("reports:papers:list"),
    reading("reports:papers:detail", rows.paper),
    reading("reports:papers:pdf", rows.paper, file=True, heavy=True),
    reading("reports:papers:making", rows.file_in_the_making),
    reading("reports:papers:data", rows.paper, file=True, heavy=True),
]

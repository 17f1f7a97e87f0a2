"""What a programme says of itself: its themes, principles, aims, and the priorities of the plan
that it answers to."""

from __future__ import annotations

from programme.actions import save_aim, save_principle, save_priority, save_theme
from programme.forms import AimForm, PrincipleForm, PriorityForm, ThemeForm
from programme.models import Aim, PlanPriority, Principle, Theme
from programme.pages import (
    SET_UP,
    InAddress,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.tables import AimTable, PrincipleTable, PriorityTable, ThemeTable

THEME = ("Themes", "programme:themes:list")
PRINCIPLE = ("Principles", "programme:principles:list")
AIM = ("Aims", "programme:aims:list")
PRIORITY = ("Plan priorities", "programme:priorities:list")


class ThemeList(PartList):
    title = "Themes"
    adds = "Add a theme"
    model = Theme
    table_class = ThemeTable
    things = ("theme", "themes")
    empty_text = "No theme is set up yet. Add the subjects that cut across workstreams."


class OfTheme(ProgrammePage):
    """Mixin of the pages about one theme."""

    above = SET_UP
    theme = InAddress(lambda page: Theme.objects.of(page.programme), among=THEME)


class ThemeAdd(PartAdd):
    row = "theme"
    title = "Add a theme"
    above = (*SET_UP, THEME)
    form_class = ThemeForm
    action = save_theme


class ThemeEdit(OfTheme, PartEdit):
    row = "theme"
    form_class = ThemeForm
    action = save_theme


class ThemeWithdraw(OfTheme, PartWithdraw):
    row = "theme"


class ThemeRestore(OfTheme, PartRestore):
    row = "theme"


class PrincipleList(PartList):
    title = "Principles"
    adds = "Add a principle"
    model = Principle
    table_class = PrincipleTable
    things = ("principle", "principles")
    empty_text = "No principle is set up yet. Add those by which the programme works."


class OfPrinciple(ProgrammePage):
    """Mixin of the pages about one principle."""

    above = SET_UP
    principle = InAddress(lambda page: Principle.objects.of(page.programme), among=PRINCIPLE)


class PrincipleAdd(PartAdd):
    row = "principle"
    title = "Add a principle"
    above = (*SET_UP, PRINCIPLE)
    form_class = PrincipleForm
    action = save_principle


class PrincipleEdit(OfPrinciple, PartEdit):
    row = "principle"
    form_class = PrincipleForm
    action = save_principle


class PrincipleWithdraw(OfPrinciple, PartWithdraw):
    row = "principle"


class PrincipleRestore(OfPrinciple, PartRestore):
    row = "principle"


class AimList(PartList):
    title = "Aims"
    adds = "Add an aim"
    model = Aim
    table_class = AimTable
    things = ("aim", "aims")
    empty_text = "No aim is set up yet. Add what the programme is there to bring about."


class OfAim(ProgrammePage):
    """Mixin of the pages about one aim."""

    above = SET_UP
    aim = InAddress(lambda page: Aim.objects.of(page.programme), among=AIM)


class AimAdd(PartAdd):
    row = "aim"
    title = "Add an aim"
    above = (*SET_UP, AIM)
    form_class = AimForm
    action = save_aim


class AimEdit(OfAim, PartEdit):
    row = "aim"
    form_class = AimForm
    action = save_aim


class AimWithdraw(OfAim, PartWithdraw):
    row = "aim"


class AimRestore(OfAim, PartRestore):
    row = "aim"


class PriorityList(PartList):
    title = "Plan priorities"
    adds = "Add a priority"
    model = PlanPriority
    table_class = PriorityTable
    things = ("priority", "priorities")
    empty_text = "No priority is set up yet. Add those of the plan that the programme answers to."


class OfPriority(ProgrammePage):
    """Mixin of the pages about one priority of the plan."""

    above = SET_UP
    priority = InAddress(lambda page: PlanPriority.objects.of(page.programme), among=PRIORITY)


class PriorityAdd(PartAdd):
    row = "priority"
    title = "Add a priority"
    above = (*SET_UP, PRIORITY)
    form_class = PriorityForm
    action = save_priority


class PriorityEdit(OfPriority, PartEdit):
    row = "priority"
    form_class = PriorityForm
    action = save_priority


class PriorityWithdraw(OfPriority, PartWithdraw):
    row = "priority"


class PriorityRestore(OfPriority, PartRestore):
    row = "priority"

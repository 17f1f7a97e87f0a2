"""The portal's own words where they are written down once and read by many programmes: labels of
fields and of choices, which Django keeps."""

from __future__ import annotations

from django.utils.functional import lazy

from programme.common.words import say

say_later = lazy(say, str)
"""As ``say``: it is said when read."""

"""What somebody meant who typed on the wrong keyboard layout: "ghbdtn" is «привет»."""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_THERE = str.maketrans(_LATIN, _RUSSIAN)
_BACK = str.maketrans(_RUSSIAN, _LATIN)


def swapped(text: str) -> str:
    """The same keys on the other layout; what is Russian becomes Latin, everything else the other way round."""
    russian = any(letter in _RUSSIAN for letter in text)
    return text.translate(_BACK if russian else _THERE)

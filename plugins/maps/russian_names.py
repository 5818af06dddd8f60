"""The Russian name of a town, only where it is certain: used by make_places.py.

GeoNames lists a town's other names without their languages. What is Cyrillic may as well be Ukrainian, Bulgarian,
Chechen or Tajik. So a name is taken only if one of these rules names exactly one:

1. It was looked up by hand: CHECKED_NAMES in checked_names.py.
2. CLDR says it: the town has given its time zone the name.
3. In Russia: the one that is the Latin name letter by letter; else the only one there is.
4. In BY, KZ, KG and UA: the only one in Russian letters, if one in the country's other language stands beside it, and
   if both sound alike (a town that was renamed has older ones, too). In KZ and KG also the only one, if it is the
   Latin name letter by letter.
5. Elsewhere: the only one in Russian letters, if it is the Latin name letter by letter, and no letter of it is one
   that Russian would write in another way. Not where the country's own language is or was Cyrillic, nor where the
   Latin name follows rules of its own (pinyin).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from checked_names import CHECKED_NAMES

PARTICLES = "на|де|ла|дель|лос|лас|эль|аль|эс|эш|эр|дю|ле|да|ди|ду"
RUSSIAN = re.compile(rf"[А-ЯЁ][а-яё]+(?:[- ](?:[А-ЯЁ][а-яё]+|{PARTICLES}))*")
# Spellings Russian does not have: a hard sign that parts nothing, Ukrainian «ськ», Chechen «оь», old «ньск».
FOREIGN = re.compile(r"ъ(?![еёюя])|[сцз]ьк|ньск|ець$|мьн|ьо|ове$|[аоуеиыэюя]ь")
# What Russian often writes in another way than letter by letter: ль, ай.
DOUBTFUL = re.compile(r"л(?:[^аеёиоуыэюяльй]|$)|[аоуеэ]и", re.IGNORECASE)
# Letters that only the country's other language has.
OWN_LETTERS = {
    "UA": re.compile("[іїєґ]", re.IGNORECASE),
    "BY": re.compile("[іў]", re.IGNORECASE),
    "KZ": re.compile("[әғқңөұүһі]", re.IGNORECASE),
    "KG": re.compile("[ңөү]", re.IGNORECASE),
}
UNCLEAR = frozenset("TJ UZ TM AZ MD MN BG RS MK ME BA XK CN TW HK MO JP KR KP VN TH".split())
LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya".split(),
        strict=True,
    )
)
VOWELS = frozenset("аеёиоуыэюя")
ALIKE = 0.6


@dataclass(frozen=True)
class Named:
    """A town as GeoNames names it."""

    id: int
    name: str
    country: str
    others: tuple[str, ...]


def find_russian_name(town: Named, zone_city: str | None = None) -> str | None:
    """The certain Russian name, or None. `zone_city`: CLDR's, if the town has given its time zone the name."""
    if town.id in CHECKED_NAMES or zone_city:
        return CHECKED_NAMES.get(town.id) or zone_city
    candidates = list_candidates(town.others)
    if town.country == "RU":
        return take_in_russia(candidates, town)
    if len(candidates) != 1 or town.country in UNCLEAR:
        return None
    [name] = candidates
    if town.country in OWN_LETTERS:
        return name if is_beside_own_name(name, town) else None
    # «Нови Сад» is Serbian, Russian has a hyphen there; only Russian towns have names of two words.
    plain = " " not in name and not DOUBTFUL.search(name)
    return name if plain and is_same_name(name, town.name) else None


def list_candidates(names: Iterable[str]) -> list[str]:
    """The names that may be Russian; of two that differ by a ё alone, the one that has it."""
    found = sorted({name for name in names if RUSSIAN.fullmatch(name) and not FOREIGN.search(name.lower())})
    return [name for name in found if not any(other != name and other.replace("ё", "е") == name for other in found)]


def take_in_russia(candidates: list[str], town: Named) -> str | None:
    same = [name for name in candidates if is_same_name(name, town.name)]
    # «Казан» is Tatar, «Мирны» Bulgarian: where another one has a soft sign or a last й more, that one is Russian.
    same = [name for name in same if f"{name}й" not in candidates]
    same = [name for name in same if not any(other.replace("ь", "") == name for other in same if other != name)]
    fitting = same or candidates
    return fitting[0] if len(fitting) == 1 else None


def is_beside_own_name(name: str, town: Named) -> bool:
    if town.country in ("KZ", "KG") and is_same_name(name, town.name):
        return True
    own = any(OWN_LETTERS[town.country].search(other) for other in town.others)
    return own and SequenceMatcher(None, key_of(write_in_latin(name)), key_of(town.name)).ratio() >= ALIKE


def is_same_name(russian: str, latin: str) -> bool:
    return key_of(write_in_latin(russian)) == key_of(latin)


def write_in_latin(russian: str) -> str:
    """Letter by letter; е at the beginning and after a vowel is 'ye', as in Yekaterinburg."""
    written, before = "", "-"
    for letter in russian.lower():
        opens = letter == "е" and (before in VOWELS or not before.isalpha())
        written += "ye" if opens else LETTERS.get(letter, letter)
        before = letter
    return written


def key_of(name: str) -> str:
    """What is left to compare: no accents, no apostrophes, spaces for hyphens."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(each))
    return re.sub(r"['’ʻʼ`‘]", "", plain).replace("-", " ").strip()

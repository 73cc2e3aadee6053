"""How a Vietnamese syllable is built: what may be one, with its accents or without."""

import unicodedata
from functools import lru_cache

from apps.kernel.vietnamese import TONES, fold

_INITIALS = ("", *"bcdđghklmnpqrstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr")
_WRITTEN_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt "
    "uyu uơ ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y ych yêm yên yêng yêt yêu yn ynh yt"
)
_RIMES = frozenset(_WRITTEN_RIMES.split())
_FRONT = frozenset("eêiy")  # c, g and ng are written k, gh and ngh before these
_BEFORE_FRONT, _BEFORE_OTHERS = frozenset(("k", "gh", "ngh")), frozenset(("c", "g", "ng"))
_STOPS = ("c", "ch", "p", "t")
_RISING_OR_HEAVY = "\u0301\u0323"  # the only tones of a syllable that ends in a stop


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a word in small letters, with the accents of its tone and vowels, is built like a syllable."""
    parts = unicodedata.normalize("NFD", word)
    tones = [mark for mark in parts if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    if len(tones) > 1 or not _is_built(bare, _RIMES):
        return False
    return not bare.endswith(_STOPS) or (bool(tones) and tones[0] in _RISING_OR_HEAVY)


@lru_cache(maxsize=4096)
def may_be_syllable(word: str) -> bool:
    """Whether a word in small letters without accents can be a syllable whose accents were left out."""
    return _is_built(word, _FOLDED_RIMES)


def _is_built(bare: str, rimes: frozenset[str]) -> bool:
    for initial in _INITIALS:
        rime = bare.removeprefix(initial)
        if not bare.startswith(initial) or rime not in rimes:
            continue
        front = rime[0] in _FRONT
        # gì and giếng begin with g, as their i belongs to both parts.
        wrong = initial in (_BEFORE_OTHERS if front else _BEFORE_FRONT)
        if initial == "q" or (wrong and not (initial == "g" and rime[0] == "i")):
            continue
        return True
    return False


_FOLDED_RIMES = frozenset(map(fold, _RIMES))

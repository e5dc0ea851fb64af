"""Queries about something else: cooking, gardening, music, sport, travel. None has an answer here.

Words are drawn by a fixed seed; some queries also hold a word that such a base knows.
"""

from __future__ import annotations

import random

_WORDS = {
    "en": """
        bake cake oven flour butter sugar recipe simmer whisk dough carrot onion tomato garlic roast
        soup pepper kettle spoon bread tulip garden shovel prune hedge compost lawn seed gravel
        violin guitar chorus melody rhythm opera trumpet drummer concert ballad goalkeeper referee
        stadium marathon tennis racket swimmer trophy penalty league hotel luggage beach mountain
        passport ferry museum souvenir sunset river hello world weather umbrella puppy kitten horse
        elephant whale pigeon castle dragon pirate wizard poem novel theatre sculptor canvas
    """,
    "fr": """
        gâteau four farine beurre sucre recette mijoter fouetter pâte carotte oignon tomate ail
        rôtir soupe poivre bouilloire cuillère pain tulipe jardin pelle tailler haie compost pelouse
        graine gravier violon guitare refrain mélodie rythme opéra trompette batteur concert ballade
        gardien arbitre stade marathon tennis raquette nageur trophée pénalité championnat hôtel
        bagage plage montagne passeport ferry musée souvenir coucher rivière bonjour monde météo
        parapluie chiot chaton cheval éléphant baleine pigeon château dragon pirate sorcier poème
    """,
}
#: Words that nearly every base of this kind knows.
_KNOWN = {"en": ("error", "account", "network", "update"), "fr": ("erreur", "compte", "réseau")}


def make(count: int, seed: int) -> list[tuple[str, str]]:
    """Return ``count`` different queries of two to five words, each with its language."""
    chance = random.Random(seed)
    made: dict[tuple[str, str], None] = {}
    while len(made) < count:
        language = chance.choice(("en", "fr"))
        words = chance.sample(_WORDS[language].split(), chance.randint(2, 5))
        if chance.random() < 0.25:
            words[-1] = chance.choice(_KNOWN[language])
        made[" ".join(words), language] = None
    return list(made)

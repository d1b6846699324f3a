/** People and animals somebody speaks for, in French and English. */
export const KIN: readonly string[] = [
  ...[
    'mere|pere|maman|papa|mamie|papi|meme|grand mere|pere',
    'fils|fille|ado|bebe|nourisson|mari|femme|compagne|compagnon|frere|soeur|belle mere|soeur',
    'le|la|mon|ma petit|petite|grand|grande|dernier|derniere|aine|ainee',
    'chien*|chiot*|chat|chate|chaton*|furet*|lapin*|cheval|jument|poney|poulain|ane|vache*|veau|brebis|chevre*|poule*|hamster|perruche*|tortue',
    'mum|mom|dad|gran|nan|nana|grandad|grandpa|grandma|granny|mother|father',
    'son|daughter|toddler|baby|teenager|kid|kids|little one|youngest|eldest|lad',
    'husband|wife|partner|brother|sister|neighbour|neighbor',
    'dog*|puppy|pup|cat|kitten|kitty|ferret|rabbit|bunny|horse|mare|pony|foal|donkey|cow|calf|ewe|goat|hen|hens|hamster|parrot|tortoise',
  ],
];

/** Something goes on, comes back, or is not as it was. */
export const COURSE: readonly string[] = [
  ...[
    'depuis|since',
    'tous|toutes les',
    'every|each|chaque',
    'deux|trois|quatre|plusieurs fois',
    'twice|again|repeatedly|constantly|nonstop',
    'non stop',
    'sans arret|cesse',
    'encore|toujours|still',
    'jamais avant|ca|comme',
    'never happened|before|used|had',
    'keep|keeps|kept',
    'pire|worse|worst',
    'ne|n # plus',
    'isn|won|hasn|can t',
    'hours|heures',
    'partout|everywhere',
    'matin|matins|nuit|nuits|morning*|night|nights',
    'plus comme|pareil*|jamais',
    'no longer',
    'anymore|any more',
  ],
];

/** Somebody tells of themselves or of theirs. */
export const OWN: readonly string[] = [
  ...[
    'i|im|ive|my|me|mine|we|our|us|he|she|his|her|him|hers|it|they|them|their',
    'je|j|mon|ma|mes|moi|me|m|il|elle|lui|on|nous|notre|nos|son|sa|ses|ils|elles',
  ],
];

/** Somebody speaks to the brand, or of something else than a state: work, school, wishes, dates. */
export const ELSEWHERE: readonly string[] = [
  ...[
    'you|your|yours|u|vous|votre|vos|toi|ton',
    'stage|metier|travail|ecole|etudes|reve|cherche*|candidat*|emploi|diplome*|retraite',
    'job|work|career|school|degree|looking for|internship|retire*',
    'see|meet|join|rendez vous|retrouve*|samedi|dimanche|saturday|sunday|tonight|ce soir|demain|tomorrow',
    'comprends|comprend|understand|wonder|think|pense|croi*|believe|suppose|guess|sais|know|dit|says|said|parait|apparently|entendu|heard',
    'ordonnance|prescription|pharmacie*|pharmacien*|chemist|pharmacist*',
    'aime*|adore*|like|likes|liked|loves|enjoy*|plait|plaisir|pleasure|joy|joie|delight*|miss|manque',
    'lot of|fan|follow*|suis # depuis|suivi*|abonn*',
    'livre|book|song|chanson|photo*|picture*|music|musique|game|jeu',
  ],
  ...[
    'congrat*|felicit*|bravo|bonne journee',
    'wants|want|veut|voudrait|dreams to? be|become|devenir',
    'cute|mignon*|gorgeous|magnifique|beau|belle|lovely|funny|drole|rigol*|haha|lol|mdr',
    'journal|paper|radio|tv|tele|news|article|magazine',
    'mentioned|mentionne|parle|parlait|talked about|en|m',
    'frigo|fridge|sac|bag|box|boite|bottle|flacon|carton|tiroir|drawer|cupboard|placard',
    'achete*|buy|bought|paid|paye|paie|vends|sell',
    'marque|brand',
    'conference|salon|show|fair|congres',
    'degre|degres|degrees',
    'webinaire|webinar|atelier|workshop',
    'gourmand*|treat|friandise*',
  ],
];

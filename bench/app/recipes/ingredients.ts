/** What an ingredient does in a dish; the steps speak of ingredients by role. */
export type Role = 'aromatics' | 'spices' | 'liquids' | 'fresh' | 'starch' | 'rest';

export interface Ingredient {
  readonly name: string;
  readonly role: Role;
  /** For four people. */
  readonly amount: string;
}

/** The first pattern that an ingredient's name contains says its role and amount; so the narrow ones come first. */
const known: readonly (readonly [pattern: RegExp, role: Role, amount: string])[] = [
  [/garlic powder|chilli powder|celery salt|(white|black|sichuan) pepper/, 'spices', '1 tsp'],
  [/curry paste|shrimp paste|wasabi|horseradish|miso/, 'spices', '2 tbsp'],
  [/curry leaves|bay leaves/, 'spices', '4'],
  [
    /curry powder|garam masala|berbere|paprika|cumin|turmeric|fenugreek|mustard seeds/,
    'spices',
    '2 tsp',
  ],
  [
    /cinnamon|cardamom|cloves|allspice|caraway|juniper|nutmeg|oregano|marjoram|savory|matcha/,
    'spices',
    '1 tsp',
  ],
  [/star anise/, 'spices', '2'],
  [/saffron/, 'spices', 'a good pinch'],
  [/^salt$|vanilla$|rose water|^sesame seeds|pandan/, 'spices', '2 tsp'],
  [/(ancho|chipotle) chillies/, 'spices', '3'],
  [/pickled chillies|jalapeños|chillies|^chilli$/, 'aromatics', '2'],
  [/dijon mustard|^mustard$|coarse mustard/i, 'spices', '1 tbsp'],
  [/garlic/, 'aromatics', '4 cloves'],
  [/ginger$|galangal/, 'aromatics', 'a thumb'],
  [/lemongrass/, 'aromatics', '2 stalks'],
  [/spring onions/, 'fresh', '4'],
  [/pearl onions|pickled onions/, 'aromatics', '200 g'],
  [/onions/, 'aromatics', '4'],
  [/onion|shallot$|leek$|fennel/, 'aromatics', '1 large'],
  [/shallots|leeks/, 'aromatics', '4'],
  [/celery/, 'aromatics', '2 sticks'],
  [/celeriac|swede|^daikon/, 'aromatics', '300 g'],
  [/carrots|parsnips/, 'aromatics', '3'],
  [/bell peppers/, 'aromatics', '2'],
  [/tapioca pearls|quinoa|grits|samp|wheat berries|oats|maize meal|semolina/, 'starch', '250 g'],
  [
    /rice noodles|egg noodles|ramen noodles|soba noodles|linguine|penne|pasta (shells|pearls)/,
    'starch',
    '350 g',
  ],
  [/rice paper|tortillas|flatbread|pastry rounds|nori|bagels|bread rolls/, 'starch', '8'],
  [/puffed rice|\brice$/, 'starch', '300 g'],
  [/(white|rye|sourdough) bread/, 'starch', '8 slices'],
  [/baguette/, 'starch', '1'],
  [/pastry|pizza dough|pasta dough/, 'starch', '400 g'],
  [/cornflour|(potato|wheat) starch|yeast/, 'rest', '2 tbsp'],
  [/flour$|cornmeal|breadcrumbs/, 'rest', '200 g'],
  [/chips$|biscuits|gingerbread|meringues/, 'rest', '150 g'],
  [/new potatoes|sweet potato|potatoes/, 'rest', '800 g'],
  [/(chicken|beef|vegetable) stock|dashi|^cider/, 'liquids', '1 l'],
  [/wine|beer|^ale$/, 'liquids', '300 ml'],
  [
    /soy sauce|fish sauce|mirin|sake|vinegar|Worcestershire|sherry|vodka|brandy|sesame oil|chilli sauce/,
    'liquids',
    '3 tbsp',
  ],
  [/coconut milk|condensed milk/, 'liquids', '400 ml'],
  [/buttermilk|^milk/, 'liquids', '400 ml'],
  [/sour cream|^cream$/, 'liquids', '250 ml'],
  [/syrup|honey|jam$|chutney/, 'rest', '4 tbsp'],
  [/tinned tomatoes/, 'liquids', '800 g'],
  [/tamarind/, 'liquids', '2 tbsp'],
  [/lemons?$|limes?$|oranges?$/, 'fresh', '1'],
  [
    /parsley|coriander|basil|dill|mint|chives|tarragon|sorrel|borage|thyme|rosemary/,
    'fresh',
    'a handful',
  ],
  [/lettuce|rocket|radishes/, 'fresh', 'a bunch'],
  [/avocado|cucumber/, 'fresh', '2'],
  [/cherry tomatoes/, 'rest', '300 g'],
  [/tomatoes|tomatillos/, 'rest', '500 g'],
  [/egg yolks|egg whites|eggs$/, 'rest', '4'],
  [/apples|bananas|pear$|peaches|mangoes|plantains|courgettes|aubergines|artichokes/, 'rest', '4'],
  [/whole chicken/, 'rest', '1, about 1.6 kg'],
  [
    /thighs|legs$|chops|shoulder|ribs$|knuckle|beef (chuck|brisket|topside|rib|shin|skirt|tri-tip)|lamb (leg|neck)|goat/,
    'rest',
    '1 kg',
  ],
  [/minced/, 'rest', '500 g'],
  [/mussels|clams/, 'rest', '1 kg'],
  [/oysters/, 'rest', '12'],
  [/crab$/, 'rest', '2'],
  [/bacon|chinese sausage|salami|mortadella|^ham$|anchovies|sprats/, 'rest', '150 g'],
  [/beans|lentils|peas$|chickpeas|hominy/, 'rest', '300 g'],
  [/butter$|ghee/, 'rest', '80 g'],
  [/sugar|jaggery/, 'rest', '120 g'],
  [
    /cocoa|peanuts|almonds|walnuts|pecans|pistachios|hazelnuts|raisins|cranberries|capers|olives|gherkins|parmesan|chocolate sprinkles|wakame|fish roe/,
    'rest',
    '60 g',
  ],
  [/mayonnaise|yoghurt|peanut butter/, 'rest', '150 g'],
  [
    /gruyère|cheddar|mozzarella|gouda|emmental|cheese|feta|halloumi|paneer|ricotta|provolone/,
    'rest',
    '200 g',
  ],
];

/** What is known of an ingredient; one that is not in the table is a main thing, by weight. */
export function ingredient(name: string): Ingredient {
  const [, role, amount] = known.find(([pattern]) => pattern.test(name)) ?? [/./, 'rest', '400 g'];
  return { name, role, amount };
}

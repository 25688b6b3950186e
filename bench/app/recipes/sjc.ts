import { readDishes, type City } from './city.ts';

export const sjc: City = {
  region: 'sjc',
  name: 'San Jose',
  country: 'United States',
  cuisine: 'Californian',
  people: 'San Joseans',
  authors: ['Linh Nguyen', 'Priya Raman', 'Owen Castillo', 'Grace Huang'],
  dishes: readDishes(`
Pho ga | noodles | rice noodles, whole chicken, ginger, onion, star anise, fish sauce, lime, basil | Chicken pho from the city with the most Vietnamese kitchens abroad.
Banh mi | sandwich | baguette, pork shoulder, carrots, daikon, cucumber, coriander, chilli, mayonnaise | Story Road's finest, for less than a coffee.
Cioppino | stew | white fish fillets, clams, prawns, tomatoes, fennel, white wine, garlic, parsley | The fishermen's stew of the bay.
Mission burrito | wrap | flour tortillas, skirt steak, black beans, rice, tomatoes, avocado, coriander, lime | Foil-wrapped and forearm-sized.
Garlic noodles | noodles | egg noodles, garlic, butter, parmesan, soy sauce, spring onions | Twenty cloves, no regrets.
Gilroy garlic chicken | roast | chicken thighs, garlic, lemon, white wine, thyme, potatoes | Forty cloves from the garlic capital next door.
Clam chowder in sourdough | soup | clams, potatoes, celery, onion, bacon, cream, sourdough bread, thyme | The pier's soup in an edible bowl.
Bun cha | grill | minced pork, rice noodles, fish sauce, lime, garlic, lettuce, mint, carrots | Smoky patties, cold noodles, herbs.
Goi cuon | wrap | prawns, rice paper, rice noodles, lettuce, mint, peanut butter, cucumber | Summer rolls, see-through and cool.
Hangtown fry | griddle | oysters, eggs, bacon, spring onions, parsley, butter | A gold rush breakfast for those who struck it.
Chicken adobo | braise | chicken thighs, soy sauce, vinegar, garlic, bay leaves, black pepper, rice | Daly City's Filipino classic, sharp and dark.
Pancit | noodles | rice noodles, chicken breast, prawns, cabbage, carrots, garlic, soy sauce, lemon | Long noodles for a long life.
Hyderabadi egg biryani | rice | basmati rice, eggs, yoghurt, onions, saffron, ginger, garlic, mint | Sunnyvale's Sunday, in layers.
Mapo tofu | stir-fry | tofu, minced pork, black beans, garlic, ginger, sichuan pepper, chilli, spring onions | Numbing, red and quivering.
Roasted beet and citrus salad | salad | beetroot, oranges, goat's cheese, walnuts, rocket, lemon | The farmers' market, arranged.
Artichoke soup | soup | artichokes, potatoes, leek, lemon, vegetable stock, cream, parsley | Castroville's thistles, smoothed out.
Quinoa bean bowl | salad | quinoa, black beans, avocado, sweetcorn, tomatoes, lime, coriander | What the office canteen does best.
Tri-tip with salsa | grill | beef tri-tip, tomatoes, onion, garlic, coriander, lime, pinto beans | Central coast barbecue over red oak.
Dungeness crab with garlic | roast | crab, garlic, butter, lemon, black pepper, parsley | November's opening day.
Prune and walnut bread | cake | prunes, walnuts, flour, brown sugar, eggs, butter, orange | From when the Valley of Heart's Delight grew plums.
Apricot galette | cake | apricots, shortcrust pastry, sugar, almonds, butter, lemon | The orchards under the office parks.
Che ba mau | sweet | azuki beans, mung beans, coconut milk, tapioca pearls, sugar, pandan | Three colours, crushed ice, long spoon.
`),
};

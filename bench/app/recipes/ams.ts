import { readDishes, type City } from './city.ts';

export const ams: City = {
  region: 'ams',
  name: 'Amsterdam',
  country: 'Netherlands',
  cuisine: 'Dutch',
  people: 'Amsterdammers',
  authors: ['Sanne de Vries', 'Daan Bakker', 'Fleur Visser', 'Ruben Smit'],
  dishes: readDishes(`
Erwtensoep | soup | split peas, pork shoulder, celeriac, leek, carrots, onion, smoked sausage, bay leaves | Pea soup so thick that the spoon stands up in it.
Boerenkool stamppot | roast | potatoes, kale, smoked sausage, milk, butter, nutmeg | Mashed potatoes and kale with a well of gravy for the sausage.
Hutspot | stew | carrots, potatoes, onions, beef brisket, bay leaves, butter | Carrots and onions mashed together since the siege of Leiden.
Bitterballen | fry | beef shin, butter, flour, beef stock, breadcrumbs, nutmeg, parsley, mustard | Crisp outside, nearly liquid within, and always too hot.
Kibbeling | fry | cod fillet, flour, beer, paprika, lemon, mayonnaise | Battered fish as eaten standing up beside the market stall.
Indonesian rijsttafel chicken | curry | chicken thighs, coconut milk, lemongrass, ginger, garlic, shallots, turmeric, rice | One bright dish out of the long rice table of Amsterdam.
Nasi goreng | stir-fry | rice, chicken breast, eggs, shallots, garlic, chilli, sweet soy sauce, prawns | Yesterday's rice, a very hot pan and a fried egg on top.
Gado-gado | salad | green beans, bean sprouts, potatoes, eggs, tofu, peanut butter, lime, chilli | Warm vegetables under a peanut sauce that goes with everything.
Chicken satay | grill | chicken thighs, peanut butter, soy sauce, garlic, ginger, lime, coconut milk | Skewers from the snack bar, better from your own grill.
Hachee | braise | beef chuck, onions, vinegar, bay leaves, cloves, gingerbread | Beef and onions in equal weight, thickened with spiced cake.
Mustard soup | soup | coarse mustard, leek, cream, chicken stock, bacon, chives | Groningen mustard, cream and bacon: sharp, then soft.
Herring on rye | raw | herring fillets, rye bread, onion, gherkins, dill | The first herring of the season needs little but an onion.
Dutch pancakes | griddle | flour, milk, eggs, bacon, apples, syrup | Plate-sized, thin, and sweet and salty at once.
Poffertjes | griddle | buckwheat flour, milk, eggs, yeast, butter, icing sugar | Tiny puffed pancakes that vanish by the dozen.
White asparagus with ham | steam | white asparagus, ham, eggs, potatoes, butter, nutmeg, parsley | Limburg spring on a plate, with butter for a sauce.
Fish stew from Zeeland | stew | mussels, cod fillet, potatoes, leek, tomatoes, fennel, white wine, parsley | What the Oosterschelde gives, in one pot with tomatoes.
Kapsalon | bake | potatoes, chicken thighs, gouda, lettuce, tomatoes, garlic, yoghurt | The late-night tray: chips, meat, melted cheese, cold salad.
Roti with chicken and beans | curry | chicken thighs, long beans, potatoes, eggs, onion, garlic, curry powder, flatbread | Surinamese comfort, torn and eaten by hand.
Pom | bake | chicken thighs, pomtajer root, orange, celery, tomatoes, onion, nutmeg | No birthday in Surinam or the Bijlmer without it.
Apple tart | cake | apples, flour, butter, brown sugar, eggs, cinnamon, raisins, lemon | Deep and cinnamon-dark, with whipped cream or not at all.
Stroopwafels | griddle | flour, butter, brown sugar, eggs, syrup, cinnamon | Two thin waffles that hold caramel between them.
Boterkoek | cake | butter, flour, sugar, eggs, lemon, almonds | Six ingredients, mostly butter, and proud of it.
`),
};

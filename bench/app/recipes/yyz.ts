import { readDishes, type City } from './city.ts';

export const yyz: City = {
  region: 'yyz',
  name: 'Toronto',
  country: 'Canada',
  cuisine: 'Canadian',
  people: 'Torontonians',
  authors: ['Emily Fraser', 'Malik Thomas', 'Sophie Tremblay', 'Ravi Persaud'],
  dishes: readDishes(`
Peameal bacon sandwich | sandwich | peameal bacon, bread rolls, mustard, tomatoes, lettuce | St. Lawrence Market on a Saturday.
Poutine | bake | potatoes, cheese curds, beef stock, butter, flour, black pepper | Squeaky curds, hot gravy, no dignity.
Tourtière | pie | minced pork, shortcrust pastry, potatoes, onion, cinnamon, cloves, savory | The midnight pie of a Québec Christmas.
Jamaican patties | pie | minced beef, shortcrust pastry, turmeric, curry powder, onion, thyme, chilli | The subway station's golden snack.
Doubles | fry | chickpeas, flour, yeast, turmeric, cumin, cucumber, tamarind, coriander | Trinidad's breakfast, two by two.
Goat roti | curry | goat shoulder, potatoes, curry powder, onion, garlic, thyme, chilli, flatbread | Wrapped like a parcel, weighs like a brick.
Butter chicken roti | wrap | chicken thighs, flatbread, tomatoes, cream, butter, ginger, garlic, garam masala | Two cuisines fold into Toronto.
Split pea and ham soup | soup | yellow peas, ham hock, carrots, celery, onion, thyme, bay leaves | A lumberjack's lunch.
Fish chowder | soup | haddock fillets, potatoes, leek, celery, milk, cream, bacon, dill | The Maritimes in a mug.
Cedar-plank salmon | grill | salmon fillet, maple syrup, lemon, mustard, dill, garlic | Smoke from the plank, sugar from the tree.
Maple baked beans | bake | white beans, bacon, maple syrup, onion, mustard, tomatoes, cloves | Sugar shack beans, all night in the oven.
Montreal smoked meat hash | fry | smoked meat, potatoes, onion, bell peppers, eggs, mustard | Deli leftovers at their best.
Chicken shawarma | wrap | chicken thighs, flatbread, yoghurt, garlic, lemon, cumin, tomatoes, gherkins | The all-night counter of the east end.
Hakka chilli chicken | stir-fry | chicken breast, chillies, garlic, ginger, soy sauce, bell peppers, spring onions, cornflour | Kolkata, China and Scarborough in one wok.
Har gow | dumplings | prawns, wheat starch, bamboo shoots, ginger, sesame oil, white pepper | Pleats you can count, Spadina on Sunday.
Curry laksa with fish | noodles | rice noodles, white fish fillets, coconut milk, curry paste, bean sprouts, tofu, lime | Markham mall food court glory.
Wild rice with mushrooms | rice | wild rice, mushrooms, onion, celery, cranberries, vegetable stock, thyme, butter | Northern lakes, gathered by canoe.
Garlic dill pickles | pickle | cucumber, garlic, dill, vinegar, mustard seeds, salt | Kensington's crunch in a jar.
Greek lemon potatoes | roast | potatoes, lemon, garlic, oregano, chicken stock, feta | The Danforth's best side dish.
Butter tarts | cake | shortcrust pastry, butter, brown sugar, eggs, maple syrup, raisins, vanilla | Raisins or not: choose a side.
Nanaimo bars | sweet | biscuits, coconut, cocoa, butter, icing sugar, cream, dark chocolate, walnuts | Three layers, no oven.
BeaverTails | fry | flour, yeast, milk, butter, sugar, cinnamon, lemon | Stretched, fried, eaten on skates.
`),
};

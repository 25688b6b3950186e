import { readDishes, type City } from './city.ts';

export const lax: City = {
  region: 'lax',
  name: 'Los Angeles',
  country: 'United States',
  cuisine: 'Angeleno',
  people: 'Angelenos',
  authors: ['Marisol Vega', 'Jin Park', 'Chloe Bennett', 'Andre Foster'],
  dishes: readDishes(`
Baja fish tacos | wrap | cod fillet, corn tortillas, cabbage, lime, sour cream, chilli, coriander, beer | Crisp fish, cold slaw, a parking lot with a view.
Cobb salad | salad | chicken breast, bacon, avocado, eggs, tomatoes, blue cheese, lettuce, chives | The Brown Derby's midnight leftovers, in stripes.
French dip | sandwich | roast beef, baguette, beef stock, onion, garlic, mustard | Two bars claim it; the gravy doesn't care.
Korean short rib tacos | wrap | beef short ribs, corn tortillas, soy sauce, pear, garlic, ginger, kimchi, sesame seeds | A truck, a tweet and a queue round the block.
Carne asada | grill | skirt steak, lime, orange, garlic, jalapeños, coriander, cumin, corn tortillas | Backyard smoke on any Sunday.
Birria | braise | goat shoulder, ancho chillies, tomatoes, onion, garlic, vinegar, oregano, cinnamon | Red broth to sip, meat to fold into tortillas.
Chicken tinga tostadas | stew | chicken thighs, chipotle chillies, tomatoes, onion, garlic, corn tortillas, avocado, lettuce | Smoky shredded chicken on something that snaps.
Green goddess salad | salad | lettuce, avocado, anchovies, tarragon, chives, lemon, yoghurt, radishes | The herb dressing is the point.
California roll bowl | rice | sushi rice, crab meat, avocado, cucumber, nori, sesame seeds, soy sauce, vinegar | The roll without the rolling.
Spicy tuna crispy rice | raw | tuna, sushi rice, mayonnaise, chilli sauce, spring onions, soy sauce, jalapeños | Strip-mall sushi's gift to the world.
Kimchi fried rice | stir-fry | rice, kimchi, bacon, eggs, spring onions, sesame oil, soy sauce, garlic | Koreatown's late supper.
Khao soi | noodles | chicken thighs, egg noodles, coconut milk, curry paste, lime, shallots, turmeric | Thai Town's curried noodle soup, crowned with crisp ones.
Pozole rojo | soup | pork shoulder, hominy, ancho chillies, garlic, onion, cabbage, radishes, lime | A soup one finishes building at the table.
Black bean soup | soup | black beans, onion, garlic, cumin, chipotle chillies, lime, coriander, sour cream | Dark, smoky and cheap.
Avocado toast | sandwich | avocado, sourdough bread, lemon, chilli, radishes, sesame seeds | It did cost less than a house.
Grilled artichokes | grill | artichokes, lemon, garlic, butter, parsley, mayonnaise | Leaf by leaf, thumb by thumb.
Persian herb frittata | griddle | eggs, parsley, coriander, dill, spring onions, walnuts, turmeric | Kuku sabzi from Westwood: more herb than egg.
Chicken pozole verde | soup | chicken thighs, hominy, tomatillos, jalapeños, onion, garlic, coriander, lime | The green one, brighter and quicker.
Lemon ricotta pancakes | griddle | ricotta, flour, eggs, milk, lemon, sugar, blueberries | Brunch that justifies the queue.
Date shake | sweet | dates, vanilla ice cream, milk, cinnamon | Desert sugar from the road to Palm Springs.
Tres leches cake | cake | flour, eggs, sugar, condensed milk, cream, milk, vanilla, strawberries | Sponge in three milks, for each birthday in the family.
Meyer lemon bars | cake | lemons, flour, butter, sugar, eggs, icing sugar | From somebody's tree over the fence.
`),
};

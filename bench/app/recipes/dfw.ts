import { readDishes, type City } from './city.ts';

export const dfw: City = {
  region: 'dfw',
  name: 'Dallas',
  country: 'United States',
  cuisine: 'Texan',
  people: 'Texans',
  authors: ['Savannah Reed', 'Wyatt Coleman', 'Lupe Ortega', 'Clay Hutchins'],
  dishes: readDishes(`
Texas chili | braise | beef chuck, ancho chillies, onion, garlic, cumin, beef stock, lime | No beans, no tomatoes, no argument.
Smoked brisket | roast | beef brisket, black pepper, salt, garlic powder, paprika, white bread | Salt, pepper, smoke and most of a day.
Chicken fried steak | fry | beef steak, flour, eggs, milk, black pepper, potatoes | A steak dressed as fried chicken, under cream gravy.
King Ranch chicken | bake | chicken breast, corn tortillas, bell peppers, tomatoes, cheddar, mushrooms, onion, cream | The casserole of every Texas potluck.
Beef fajitas | grill | skirt steak, bell peppers, onion, lime, garlic, flour tortillas, cumin, coriander | Sizzling loud enough to turn heads.
Cheese enchiladas | bake | cheddar, corn tortillas, ancho chillies, onion, garlic, cumin, chicken stock | Red gravy and yellow cheese: Tex-Mex at its plainest best.
Chili con queso | stew | cheddar, green chillies, tomatoes, onion, milk, cumin, tortilla chips | The dip that starts all meals and ends some.
Tortilla soup | soup | chicken breast, tomatoes, corn tortillas, garlic, onion, chilli, avocado, lime | Crisp strips, hot broth, cool avocado.
Cowboy pinto beans | stew | pinto beans, bacon, onion, garlic, chilli, tomatoes, cumin | Beans as they were cooked behind the wagon.
Frito pie | bake | minced beef, corn chips, kidney beans, cheddar, onion, chilli powder | Friday night under the stadium lights.
Shrimp and grits | stew | prawns, grits, bacon, bell peppers, garlic, cheddar, lemon | Gulf shrimp on a bed of cheese grits.
Jalapeño cornbread | cake | cornmeal, flour, buttermilk, eggs, cheddar, jalapeños, butter | From a hot iron skillet, with heat in the crumb.
Cowboy caviar | salad | black-eyed beans, sweetcorn, tomatoes, bell peppers, red onion, lime, coriander | Bean salad that goes by a grander name.
Fried catfish | fry | catfish fillets, cornmeal, buttermilk, paprika, lemon, garlic powder | River fish in a golden coat.
Fish tacos with slaw | wrap | cod fillet, flour tortillas, cabbage, lime, coriander, avocado, chilli | Gulf coast tacos with crunch.
Migas | griddle | eggs, corn tortillas, tomatoes, onion, jalapeños, cheddar, coriander | Eggs scrambled with yesterday's tortillas.
Tex-Mex rice | rice | long-grain rice, tomatoes, onion, garlic, cumin, chicken stock, peas | The orange rice beside everything.
Smoked turkey legs | grill | turkey legs, brown sugar, paprika, garlic powder, salt, black pepper | State fair food, eaten on the move.
Peach cobbler | cake | peaches, flour, sugar, butter, milk, cinnamon, lemon | Hill Country peaches under a rough crust.
Pecan pie | cake | pecans, shortcrust pastry, corn syrup, eggs, brown sugar, butter, vanilla | The state tree, in a pie.
Texas sheet cake | cake | flour, cocoa, butter, sugar, buttermilk, eggs, pecans | Chocolate cake for a crowd, iced while hot.
Banana pudding | sweet | bananas, milk, egg yolks, sugar, vanilla biscuits, cream, vanilla | Layers that soften into one another overnight.
`),
};

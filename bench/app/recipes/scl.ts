import { readDishes, type City } from './city.ts';

export const scl: City = {
  region: 'scl',
  name: 'Santiago',
  country: 'Chile',
  cuisine: 'Chilean',
  people: 'Santiaguinos',
  authors: ['Catalina Rojas', 'Matías Fuentes', 'Antonia Silva', 'Diego Araya'],
  dishes: readDishes(`
Pastel de choclo | bake | sweetcorn, minced beef, chicken thighs, onion, black olives, eggs, basil, raisins | Summer corn over pino, browned with sugar.
Cazuela de ave | soup | chicken thighs, pumpkin, potatoes, sweetcorn, green beans, rice, carrots, coriander | Each bowl gets one of everything.
Empanadas de pino | pie | minced beef, flour, onions, black olives, eggs, raisins, cumin, paprika | One olive each, beware of the stone.
Porotos granados | stew | borlotti beans, pumpkin, sweetcorn, tomatoes, onion, garlic, basil, paprika | January's beans with basil and squash.
Charquicán | stew | dried beef, pumpkin, potatoes, sweetcorn, peas, onion, cumin, eggs | An Andean mash with an egg on top.
Caldillo de congrio | soup | conger eel, potatoes, tomatoes, onion, garlic, carrots, white wine, coriander | The fish soup to which Neruda wrote an ode.
Pastel de jaiba | bake | crab meat, white bread, milk, cream, onion, parmesan, paprika, white wine | Crab gratin from a clay dish.
Machas a la parmesana | bake | razor clams, parmesan, white wine, butter, lemon | Three minutes beneath the grill.
Completo italiano | sandwich | beef frankfurters, bread rolls, avocado, tomatoes, mayonnaise | The flag of Italy, on a hot dog.
Chacarero | sandwich | beef steak, bread rolls, green beans, tomatoes, green chillies, mayonnaise | Green beans in a sandwich: trust Chile.
Pebre | salad | tomatoes, onion, coriander, garlic, chilli, vinegar, lemon | On each table, for the bread that comes first.
Ensalada chilena | salad | tomatoes, onion, coriander, lemon, chilli | Tomatoes and onions, made gentle by cold water.
Ceviche de reineta | raw | white fish fillets, lime, red onion, coriander, chilli, avocado, bell peppers | Fish that cooks itself while you set the table.
Lomo a lo pobre | fry | beef steak, potatoes, onions, eggs | The "poor man's" plate, for a very hungry one.
Humitas | steam | sweetcorn, onion, basil, butter, milk, chilli | Corn parcels in their own wrapping.
Arroz con mariscos | rice | long-grain rice, mussels, prawns, tomatoes, bell peppers, onion, white wine, coriander | The Central Market in a rice pot.
Pollo arvejado | braise | chicken thighs, peas, carrots, onion, garlic, white wine, paprika, rice | Chicken and peas on a school night.
Lentejas con longaniza | stew | brown lentils, smoked sausage, carrots, pumpkin, onion, garlic, cumin, rice | Monday lentils with a smoky sausage.
Sopaipillas pasadas | fry | pumpkin, flour, butter, brown sugar, orange, cinnamon, cloves | For rainy days, in spiced syrup.
Leche asada | sweet | milk, eggs, sugar, vanilla, lemon | A baked custard with a freckled skin.
Mote con huesillo | sweet | dried peaches, wheat berries, brown sugar, cinnamon, orange | The drink that is eaten with a spoon.
Kuchen de nuez | cake | walnuts, condensed milk, flour, butter, eggs, brown sugar | The German south's walnut tart.
`),
};

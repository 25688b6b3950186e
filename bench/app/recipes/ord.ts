import { readDishes, type City } from './city.ts';

export const ord: City = {
  region: 'ord',
  name: 'Chicago',
  country: 'United States',
  cuisine: 'Chicagoan',
  people: 'Chicagoans',
  authors: ['Maggie Doyle', 'Darnell Hayes', 'Kasia Nowak', 'Teo Ramirez'],
  dishes: readDishes(`
Deep-dish pizza | pie | pizza dough, mozzarella, tinned tomatoes, Italian sausages, onion, garlic, oregano, parmesan | Sauce on top, knife and fork, half an hour of hope.
Chicago hot dog | sandwich | beef frankfurters, bread rolls, tomatoes, gherkins, onion, mustard, pickled chillies, celery salt | Dragged through the garden, never through ketchup.
Italian beef | sandwich | beef topside, bread rolls, beef stock, garlic, oregano, pickled vegetables, bell peppers | Order it dipped, eat it leaning forward.
Chicken Vesuvio | roast | chicken thighs, potatoes, white wine, garlic, peas, lemon, oregano | Garlic, wine and wedges from one smoking pan.
Shrimp DeJonghe | bake | prawns, breadcrumbs, butter, garlic, sherry, parsley, shallot | A century-old hotel's buttery legacy.
Jibarito | sandwich | plantains, beef steak, lettuce, tomatoes, cheddar, garlic, mayonnaise | Humboldt Park's sandwich, with plantain for bread.
Maxwell Street Polish | sandwich | smoked sausages, bread rolls, onions, mustard, pickled chillies | Onions by the heap, at any hour.
Tamale bake | bake | masa flour, pork shoulder, ancho chillies, chicken stock, garlic, cumin, cheddar | The tamale man's goods, in a tray.
Giardiniera pasta salad | salad | pasta shells, pickled vegetables, salami, provolone, black olives, red onion, oregano | Crunch and heat from the pickle jar.
Avgolemono | soup | chicken thighs, rice, eggs, lemon, carrots, celery, onion, dill | Greektown's lemon soup for grey days.
Saganaki | fry | halloumi, flour, brandy, lemon, oregano, white bread | "Opa!" began here, as did the flames.
Chicken gyros | wrap | chicken thighs, flatbread, yoghurt, cucumber, tomatoes, red onion, garlic, oregano | Halsted Street, wrapped in paper.
Żurek | soup | smoked sausage, rye flour, potatoes, eggs, garlic, marjoram, cream, bacon | Sour rye soup from the Polish avenues.
Bigos | braise | sauerkraut, smoked sausage, pork shoulder, mushrooms, onion, apples, juniper, bay leaves | Hunter's stew that wants three days.
Rib tips with sauce | roast | pork ribs, brown sugar, paprika, garlic powder, vinegar, tomatoes, white bread | South Side smoke on a sheet of white bread.
Red beans and turkey chili | stew | minced turkey, kidney beans, tomatoes, onion, garlic, bell peppers, chilli powder, cumin | Bears game food with a lighter conscience.
Lake perch with lemon | fry | perch fillets, flour, butter, lemon, capers, parsley | Little fish from the big lake.
Corn chowder | soup | sweetcorn, potatoes, onion, celery, bacon, milk, thyme, chilli | Midwestern fields in a bowl.
Pepper and egg sandwich | sandwich | bell peppers, eggs, bread rolls, onion, garlic, parmesan | Lent, the Chicago way.
Brownies | cake | dark chocolate, butter, sugar, eggs, flour, walnuts | Invented here for the World's Fair of 1893.
Atomic cake | cake | flour, bananas, strawberries, cocoa, eggs, sugar, cream, butter | Three layers, three fruits, one South Side birthday.
Paczki | fry | flour, milk, yeast, eggs, butter, sugar, plum jam | The line outside the bakery on Fat Tuesday.
`),
};

import { readDishes, type City } from './city.ts';

export const ewr: City = {
  region: 'ewr',
  name: 'Secaucus',
  country: 'United States',
  cuisine: 'New Jersey',
  people: 'New Jerseyans',
  authors: ['Gina Russo', 'Tony Kowalski', 'Denise Alvarez', 'Marcus Bell'],
  dishes: readDishes(`
Taylor ham, egg and cheese | sandwich | pork roll, eggs, bread rolls, cheddar, butter, black pepper | The breakfast that the whole state agrees on, except its name.
Sunday gravy | braise | pork ribs, Italian sausages, tinned tomatoes, onion, garlic, red wine, basil, parmesan | Meat and tomatoes from church until supper.
Chicken parmesan | bake | chicken breast, tomatoes, mozzarella, breadcrumbs, eggs, garlic, basil, parmesan | Crisp below, molten above, red at the edges.
Italian hot dog | sandwich | beef frankfurters, potatoes, bell peppers, onion, bread rolls, mustard | Newark's own: fried potatoes in the bun.
Tomato pie | pie | tomatoes, pizza dough, mozzarella, garlic, oregano, basil | Trenton style: the cheese goes under.
Disco fries | bake | potatoes, mozzarella, beef stock, butter, flour, black pepper | What the diner is for at two in the morning.
Manhattan clam chowder | soup | clams, tomatoes, potatoes, celery, carrots, onion, bacon, thyme | The red one, from across the river.
Italian wedding soup | soup | minced beef, escarole, carrots, celery, onion, pasta pearls, parmesan, chicken stock | Little meatballs and greens, happily married.
Pasta e fagioli | soup | cannellini beans, pasta shells, tomatoes, celery, carrots, garlic, rosemary, parmesan | Pasta and beans: 'pasta fazool' to its friends.
Penne alla vodka | pasta | penne, tomatoes, cream, vodka, garlic, onion, parmesan, basil | Pink sauce with a rumour of spirits.
Linguine with clams | pasta | linguine, clams, white wine, garlic, chilli, parsley, lemon | Shells in the bowl, juice on the chin.
Sloppy Joe, South Orange style | sandwich | rye bread, roast beef, turkey, cabbage, swiss cheese, mayonnaise, mustard | Three decks, no relation to the other one.
Jersey corn salad | salad | sweetcorn, tomatoes, red onion, basil, lime, feta | August from the roadside stand.
Stuffed cabbage | braise | minced pork, cabbage, rice, tomatoes, onion, garlic, paprika, dill | Gołąbki from the Polish kitchens of Linden.
Pierogi ruskie | dumplings | potatoes, farmer's cheese, flour, eggs, onions, butter | Potato and cheese, boiled, then fried in butter.
Portuguese barbecue chicken | grill | whole chicken, garlic, paprika, lemon, white wine, bay leaves, chilli | Smoke over the Ironbound.
Bacalhau à Brás | stir-fry | salt cod, potatoes, eggs, onion, garlic, black olives, parsley | Salt fish scrambled with straw potatoes.
Cuban black beans | stew | black beans, bell peppers, onion, garlic, oregano, cumin, vinegar, rice | Union City's pot of beans.
Shore fried fish sandwich | sandwich | flounder fillets, breadcrumbs, bread rolls, lettuce, mayonnaise, lemon, gherkins | Boardwalk lunch with a sea view.
Crumb cake | cake | flour, butter, brown sugar, eggs, sour cream, cinnamon, vanilla | More crumb than cake, as it must be.
Blueberry muffins | cake | blueberries, flour, sugar, butter, eggs, milk, lemon | From the state that tamed the blueberry.
Ricotta cheesecake | cake | ricotta, eggs, sugar, lemon, vanilla, flour, orange | Lighter than its neighbour from New York.
`),
};

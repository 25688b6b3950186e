import { readDishes, type City } from './city.ts';

export const jnb: City = {
  region: 'jnb',
  name: 'Johannesburg',
  country: 'South Africa',
  cuisine: 'South African',
  people: 'Joburgers',
  authors: ['Thandi Mokoena', 'Pieter van Wyk', 'Nisha Naidoo', 'Sipho Dlamini'],
  dishes: readDishes(`
Bobotie | bake | minced beef, white bread, milk, eggs, curry powder, onion, raisins, bay leaves | Spiced mince under a savoury custard.
Bunny chow | curry | lamb shoulder, white bread, potatoes, tomatoes, onion, garlic, ginger, garam masala | Durban curry served in the loaf.
Chakalaka | stew | baked beans, carrots, bell peppers, cabbage, tomatoes, onion, garlic, curry powder | The township relish that wakes up any plate.
Pap and tomato smoor | stew | maize meal, tomatoes, onion, garlic, chilli, sugar | White maize porridge and its red companion.
Potjiekos | braise | lamb neck, potatoes, carrots, green beans, onion, garlic, red wine, thyme | Layered in a three-legged pot and never stirred.
Peri-peri chicken | grill | whole chicken, chillies, lemon, garlic, paprika, oregano, potatoes | Flattened, marinated and kissed by coals.
Boerewors rolls | sandwich | beef sausages, bread rolls, onions, tomatoes, mustard, chilli | Coriander-scented sausage from the braai.
Sosaties | grill | lamb leg, dried apricots, onion, curry powder, vinegar, garlic, bay leaves | Cape Malay skewers, sweet and sour.
Cape pickled fish | pickle | white fish fillets, onions, vinegar, curry powder, turmeric, brown sugar, bay leaves | Easter in the Cape: fish, onions, curry, patience.
Waterblommetjie bredie | stew | lamb neck, water hawthorn, potatoes, onion, garlic, lemon, sorrel | A stew of pond flowers that tastes of rain.
Umngqusho | stew | samp, sugar beans, onion, potatoes, butter, beef stock, chilli | Broken maize and beans, Mandela's favourite.
Tomato bredie | braise | lamb shoulder, tomatoes, potatoes, onion, garlic, cinnamon, cloves, chilli | A Cape stew in which tomatoes become silk.
Gatsby | sandwich | beef steak, bread rolls, potatoes, lettuce, tomatoes, vinegar, chilli sauce | A foot of sandwich to be shared, in theory.
Snoek braai with apricot | grill | snoek, apricot jam, butter, garlic, lemon, chilli | Fish over vine cuttings, glazed with jam.
Braaibroodjies | sandwich | white bread, cheddar, tomatoes, onion, butter, chutney | The grilled cheese that ends each braai.
Butternut soup | soup | butternut squash, onion, ginger, coconut milk, vegetable stock, nutmeg, orange | Winter on the Highveld, spiced.
Sugar bean curry | curry | sugar beans, tomatoes, onion, ginger, garlic, curry leaves, potatoes, coriander | A Durban pantry supper.
Yellow rice with raisins | rice | basmati rice, raisins, turmeric, cinnamon, butter, brown sugar | Geelrys, beside bobotie or anything else.
Malva pudding | cake | apricot jam, flour, sugar, eggs, milk, cream, butter, vinegar | A sponge that drinks hot cream.
Melktert | cake | milk, sugar, eggs, flour, shortcrust pastry, cinnamon, vanilla | Milk tart under a veil of cinnamon.
Koeksisters | fry | flour, buttermilk, butter, sugar, ginger, lemon, cinnamon | Plaited, fried, then drowned in cold syrup.
Vetkoek with mince | fry | flour, yeast, minced beef, onion, tomatoes, peas, curry powder | Fried dough, torn open and filled.
`),
};

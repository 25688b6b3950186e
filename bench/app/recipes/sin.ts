import { readDishes, type City } from './city.ts';

export const sin: City = {
  region: 'sin',
  name: 'Singapore',
  country: 'Singapore',
  cuisine: 'Singaporean',
  people: 'Singaporeans',
  authors: ['Mei Ling Tan', 'Arjun Pillai', 'Siti Rahman', 'Wei Jie Lim'],
  dishes: readDishes(`
Hainanese chicken rice | rice | whole chicken, jasmine rice, ginger, garlic, cucumber, chilli, lime, soy sauce | Poached chicken, and rice that steals the scene.
Laksa | noodles | rice noodles, prawns, coconut milk, tofu, curry paste, lemongrass, bean sprouts, lime | Katong's coconut broth, spoon only.
Chilli crab | stir-fry | crab, tomatoes, chillies, garlic, ginger, eggs, vinegar, spring onions | Messy, sweet, and demanding of buns.
Char kway teow | noodles | rice noodles, prawns, chinese sausage, bean sprouts, eggs, garlic, soy sauce, chives | Breath of the wok in a brown tangle.
Bak kut teh | soup | pork ribs, garlic, white pepper, star anise, soy sauce, mushrooms, rice | Peppery bone tea for breakfast.
Hokkien mee | noodles | egg noodles, prawns, squid, pork belly, eggs, bean sprouts, garlic, lime | Prawn stock, boiled into noodles.
Fish head curry | curry | snapper, tamarind, coconut milk, tomatoes, okra, aubergines, curry leaves, mustard seeds | Little India meets Chinatown, eye to eye.
Nasi lemak | rice | jasmine rice, coconut milk, eggs, peanuts, anchovies, cucumber, chilli, tamarind | Coconut rice with all its friends.
Beef rendang | curry | beef chuck, coconut milk, lemongrass, galangal, shallots, garlic, chillies, coconut | Cooked until the sauce is only a memory on the meat.
Satay | grill | chicken thighs, peanut butter, lemongrass, turmeric, shallots, galangal, cucumber, brown sugar | Smoke over Lau Pa Sat at seven.
Roti prata with dal | griddle | flour, ghee, condensed milk, red lentils, onion, turmeric, curry leaves | Flipped, folded and torn.
Carrot cake, the savoury one | stir-fry | daikon, rice flour, eggs, garlic, preserved radish, soy sauce, spring onions | Neither carrot nor cake: breakfast.
Sambal kangkong | stir-fry | water spinach, shrimp paste, chillies, shallots, garlic, lime | Greens with a temper.
Sambal stingray | grill | skate wing, chillies, shallots, garlic, tamarind, lemongrass, lime | Charred in a banana leaf, by the beach.
Rojak | salad | pineapple, cucumber, bean sprouts, tofu, peanuts, tamarind, shrimp paste, chilli | Sweet, sour, funky, crunchy.
Mee goreng | noodles | egg noodles, tomatoes, potatoes, eggs, tofu, chilli sauce, garlic, lime | Red noodles of the Mamak stall.
Steamed fish with ginger | steam | sea bass fillets, ginger, spring onions, soy sauce, sesame oil, coriander | Eight minutes, hot oil, applause.
Congee with century egg | soup | jasmine rice, pork loin, century eggs, ginger, spring onions, chicken stock, white pepper | Rice porridge for the tender hours.
Tofu and minced pork | stir-fry | tofu, minced pork, garlic, ginger, soy sauce, black beans, chilli, spring onions | Ten minutes with a salty bean.
Kaya toast | sandwich | white bread, coconut milk, eggs, sugar, butter, pandan | Coconut jam, cold butter, soft eggs.
Ondeh-ondeh | dumplings | glutinous rice flour, pandan, palm sugar, coconut, salt | Green marbles that burst with palm sugar.
Mango sago | sweet | mangoes, tapioca pearls, coconut milk, condensed milk, lime | Cold, slippery and bright.
`),
};

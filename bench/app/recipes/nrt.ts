import { readDishes, type City } from './city.ts';

export const nrt: City = {
  region: 'nrt',
  name: 'Tokyo',
  country: 'Japan',
  cuisine: 'Japanese',
  people: 'Tokyoites',
  authors: ['Yuki Nakamura', 'Haruto Sato', 'Aoi Kobayashi', 'Ren Fujita'],
  dishes: readDishes(`
Shoyu ramen | noodles | ramen noodles, chicken stock, pork belly, soy sauce, eggs, spring onions, nori, ginger | Clear soy broth, the way Tokyo drew it.
Oyakodon | rice | chicken thighs, eggs, rice, onion, dashi, soy sauce, mirin | Parent and child over rice, in ten minutes.
Gyudon | rice | beef rib-eye, onion, rice, dashi, soy sauce, mirin, ginger, eggs | The salaryman's beef bowl.
Tonkatsu | fry | pork loin, breadcrumbs, eggs, flour, cabbage, lemon, Worcestershire sauce | Pork in crumbs as long as grass.
Miso soup with tofu | soup | tofu, miso, dashi, wakame, spring onions | The first sip of the day.
Tempura | fry | prawns, sweet potato, aubergines, flour, eggs, dashi, soy sauce, daikon | A coat of batter thinner than a promise.
Okonomiyaki | griddle | cabbage, flour, eggs, pork belly, dashi, spring onions, mayonnaise, ginger | "As you like it", on a hot plate.
Monjayaki | griddle | cabbage, flour, dashi, prawns, sweetcorn, cheddar, Worcestershire sauce | Tsukishima's runny pancake, scraped up with tiny spades.
Curry rice | curry | beef chuck, potatoes, carrots, onion, curry powder, apples, honey, rice | Mild, thick and loved by all children.
Yakisoba | noodles | egg noodles, pork belly, cabbage, carrots, onion, Worcestershire sauce, ginger | Festival noodles from a steel plate.
Zaru soba | noodles | soba noodles, dashi, soy sauce, mirin, spring onions, wasabi, nori | Cold buckwheat for a hot day.
Saba no shioyaki | grill | mackerel fillets, salt, daikon, lemon, soy sauce | Salt, fire and a very good fish.
Teriyaki salmon | fry | salmon fillet, soy sauce, mirin, sake, ginger, sesame seeds, rice | A glaze of four spoonfuls.
Chirashi | raw | tuna, salmon fillet, prawns, sushi rice, cucumber, eggs, nori, vinegar | Sushi for people without a knife skill.
Karaage | fry | chicken thighs, soy sauce, ginger, garlic, sake, potato starch, lemon | Japan's fried chicken: juicy, craggy, gone.
Yakitori | grill | chicken thighs, spring onions, soy sauce, mirin, sake, sugar | Skewers under the railway arches of Yurakucho.
Nikujaga | stew | beef rib-eye, potatoes, onion, carrots, green beans, dashi, soy sauce, mirin | Meat and potatoes, Japanese mother tongue.
Agedashi tofu | fry | tofu, potato starch, dashi, soy sauce, mirin, daikon, ginger, spring onions | Crisp and trembling in hot broth.
Tomato and cucumber sunomono | salad | cucumber, tomatoes, wakame, vinegar, sugar, sesame seeds, ginger | Sweet vinegar and summer vegetables.
Edamame and red bean rice | rice | sushi rice, azuki beans, edamame beans, sesame seeds, salt | For birthdays, first days and good news.
Dorayaki | griddle | flour, eggs, sugar, honey, azuki beans | Two pancakes, one sweet secret.
Matcha cheesecake | cake | cream cheese, eggs, sugar, cream, matcha, flour, lemon | Green, light, and it jiggles.
`),
};

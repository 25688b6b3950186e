import { readDishes, type City } from './city.ts';

export const syd: City = {
  region: 'syd',
  name: 'Sydney',
  country: 'Australia',
  cuisine: 'Australian',
  people: 'Sydneysiders',
  authors: ['Matilda Hughes', 'Liam Nguyen', 'Eleni Pappas', 'Jack Thompson'],
  dishes: readDishes(`
Barramundi with lemon butter | fry | barramundi fillets, butter, lemon, capers, parsley, asparagus | Crisp skin, sweet flesh, sharp butter.
Meat pies | pie | minced beef, puff pastry, onion, beef stock, Worcestershire sauce, tomatoes, nutmeg | At the game, with sauce, in one hand.
Sausage sizzle | sandwich | beef sausages, white bread, onions, mustard, tomatoes | Democracy tastes of this.
Chicken schnitzel parma | bake | chicken breast, breadcrumbs, tomatoes, mozzarella, ham, eggs, garlic | The pub standard, broader than its plate.
Salt and pepper squid | fry | squid, cornflour, sichuan pepper, chilli, garlic, lime, spring onions | Invented nowhere, at home in Sydney.
Prawns on the barbie | grill | prawns, garlic, lemon, chilli, butter, parsley | Christmas Day, bare feet, cold drink.
Lamb roast with mint | roast | lamb leg, potatoes, pumpkin, garlic, rosemary, mint, peas | Sunday in the suburbs.
Pumpkin soup | soup | pumpkin, onion, garlic, vegetable stock, cream, nutmeg, ginger | Every Australian's first recipe.
Banh mi roast pork | sandwich | pork belly, baguette, cucumber, carrots, daikon, coriander, chilli | Cabramatta's crackling in a roll.
Smashed avo with feta | sandwich | avocado, sourdough bread, feta, lemon, mint, chilli, eggs | Breakfast as a way of life.
Zucchini slice | bake | courgettes, eggs, bacon, cheddar, onion, flour | The lunch box hero.
Moreton bay bug pasta | pasta | linguine, lobster tails, cherry tomatoes, garlic, chilli, white wine, lemon, parsley | Bugs, and you will ask for more.
Oysters with finger lime | raw | oysters, lime, shallot, vinegar, black pepper | Sydney rocks with citrus caviar.
Thai beef salad | salad | beef steak, cucumber, red onion, tomatoes, lime, fish sauce, mint, chilli | The Thai place on King Street, at home.
Kangaroo stir-fry | stir-fry | kangaroo fillet, green beans, bell peppers, ginger, garlic, soy sauce, black pepper, rice | Lean, quick, and rare in each sense.
Fish curry with lime leaves | curry | white fish fillets, coconut milk, curry paste, green beans, lime, fish sauce, basil, rice | Bright green weeknight.
Lentil and halloumi salad | salad | green lentils, halloumi, cherry tomatoes, rocket, red onion, lemon, mint | Beach picnic with substance.
Damper | bake | flour, butter, milk, salt, honey | Bushfire bread that needs no yeast.
Pavlova | sweet | egg whites, sugar, cream, passion fruit, strawberries, kiwi fruit, vinegar, cornflour | Don't mention New Zealand.
Lamingtons | cake | eggs, sugar, flour, butter, cocoa, coconut, milk | Sponge in chocolate, rolled in snow.
Anzac biscuits | cake | oats, coconut, flour, brown sugar, butter, golden syrup | Built to survive a sea voyage.
Passion fruit slice | sweet | passion fruit, condensed milk, cream, coconut, butter, lemon, biscuits | Cut small; it is rich.
`),
};

import { readDishes, type City } from './city.ts';

export const cdg: City = {
  region: 'cdg',
  name: 'Paris',
  country: 'France',
  cuisine: 'French',
  people: 'Parisians',
  authors: ['Camille Laurent', 'Hugo Moreau', 'Inès Garnier', 'Théo Lambert'],
  dishes: readDishes(`
Coq au vin | braise | chicken thighs, red wine, bacon, pearl onions, mushrooms, garlic, thyme | Chicken cooked slowly in Burgundy until the sauce shines.
French onion soup | soup | onions, beef stock, white wine, baguette, gruyère, thyme, butter | A patient hour of browning onions, a roof of molten cheese.
Blanquette de veau | stew | veal shoulder, carrots, leek, mushrooms, cream, egg yolks, lemon, bay leaves | Pale, silky and gentle: the Sunday stew of many childhoods.
Ratatouille | stew | aubergines, courgettes, tomatoes, bell peppers, onion, garlic, basil, thyme | Summer vegetables, each cooked apart before they meet.
Steak frites | fry | rib-eye steak, potatoes, shallot, butter, parsley | The bistro plate: crusty meat, thin chips, herb butter running over both.
Salade niçoise | salad | tuna, green beans, tomatoes, eggs, black olives, anchovies, potatoes, lemon | A whole lunch in one bowl, sharp with olives and lemon.
Boeuf bourguignon | braise | beef chuck, red wine, bacon, carrots, mushrooms, onion, garlic, thyme | Three quiet hours that turn a cheap cut into a feast.
Quiche lorraine | pie | bacon, eggs, cream, shortcrust pastry, gruyère, nutmeg | Barely set custard, smoky bacon, and no shortcuts in the crust.
Croque monsieur | sandwich | ham, white bread, gruyère, butter, milk, Dijon mustard, nutmeg | The café sandwich that eats like a small gratin.
Sole meunière | fry | sole fillets, butter, lemon, parsley, flour | Fish, brown butter and lemon, ready before the table is laid.
Poulet rôti au citron | roast | whole chicken, lemon, garlic, butter, thyme, potatoes | Roast chicken whose pan juices do all the seasoning.
Gratin dauphinois | bake | potatoes, cream, milk, garlic, nutmeg | Thin potatoes that drink cream until nothing is left to pour.
Moules marinières | steam | mussels, white wine, shallots, garlic, parsley, butter | A pot of mussels, a baguette and no cutlery.
Cassoulet | bake | white beans, pork sausages, duck legs, bacon, onion, garlic, tomatoes, thyme | Beans and meats under a crust that is broken seven times.
Soupe au pistou | soup | white beans, courgettes, green beans, tomatoes, pasta shells, garlic, basil, parmesan | Provençal vegetable soup with a spoonful of garlic and basil.
Duck confit with lentils | roast | duck legs, green lentils, carrots, shallots, garlic, bay leaves | Crisp skin on one side of the plate, earthy lentils on the other.
Omelette aux fines herbes | griddle | eggs, butter, chives, parsley, tarragon | Two minutes, three eggs, and the pan does the rest.
Pissaladière | pie | onions, pizza dough, anchovies, black olives, thyme | A tart of onions melted down to jam, crossed with anchovies.
Tarte tatin | cake | apples, puff pastry, sugar, butter, vanilla | Caramelised apples, turned upside down at the bravest moment.
Crème brûlée | sweet | cream, egg yolks, sugar, vanilla | A cold custard under a sheet of glass.
Mousse au chocolat | sweet | dark chocolate, eggs, sugar, butter | Chocolate, eggs and air; better the next day.
Madeleines | cake | flour, butter, eggs, sugar, lemon, honey | Shell-shaped cakes with a bump that proves the batter was cold.
`),
};

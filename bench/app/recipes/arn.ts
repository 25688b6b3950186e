import { readDishes, type City } from './city.ts';

export const arn: City = {
  region: 'arn',
  name: 'Stockholm',
  country: 'Sweden',
  cuisine: 'Swedish',
  people: 'Stockholmers',
  authors: ['Astrid Lindqvist', 'Oskar Nyström', 'Maja Holm', 'Elias Berg'],
  dishes: readDishes(`
Köttbullar | fry | minced beef, onion, breadcrumbs, cream, allspice, potatoes, lingonberries, beef stock | Meatballs in cream gravy with the berries that belong to them.
Janssons frestelse | bake | potatoes, sprats, cream, onions, breadcrumbs | The Christmas gratin that makes the guests stay.
Yellow pea soup | soup | yellow peas, pork shoulder, onion, thyme, mustard | Thursday's soup, with pancakes to follow.
Gravlax | raw | salmon fillet, sugar, salt, dill, mustard, lemon | Two days in the cold turn salmon to silk.
Toast skagen | sandwich | prawns, mayonnaise, white bread, dill, lemon, red onion, fish roe | Prawns piled high on butter-fried bread.
Pytt i panna | fry | potatoes, beef steak, onion, eggs, beetroot, parsley | Small cubes of everything left over, and an egg.
Raggmunk | griddle | potatoes, flour, milk, eggs, bacon, lingonberries | Lacy potato pancakes with crisp pork and tart berries.
Kalops | braise | beef chuck, onions, carrots, allspice, bay leaves, beetroot | Sailors' beef, scented with allspice.
Fish soup with saffron | soup | cod fillet, prawns, fennel, potatoes, tomatoes, cream, saffron, dill | The archipelago in a yellow bowl.
Wallenbergare | fry | minced veal, egg yolks, cream, breadcrumbs, peas, lingonberries, potatoes | A patty so light that the cream seems to hold it up.
Smoked mackerel salad | salad | smoked mackerel, new potatoes, radishes, chives, sour cream, lemon | Midsummer leftovers that outshine midsummer.
Baked char with brown butter | roast | arctic char, butter, lemon, dill, new potatoes, asparagus | Lake fish, treated with the restraint it deserves.
Stekt strömming | fry | herring fillets, rye flour, butter, potatoes, dill, lingonberries | Fried herring from the cart at Slussen.
Kroppkakor | dumplings | potatoes, flour, egg yolks, bacon, onion, allspice, lingonberries | Potato dumplings with a secret of fried pork.
Flygande Jacob | bake | chicken breast, cream, bananas, bacon, peanuts, chilli sauce, rice | The seventies casserole nobody admits to loving.
Chanterelle toast | sandwich | chanterelles, cream, rye bread, shallot, garlic, parsley, butter | September in the forest, October in the freezer.
Root vegetable soup | soup | carrots, parsnips, celeriac, onion, apples, vegetable stock, ginger, cream | Winter roots, sweetened by an apple.
Hasselback potatoes | roast | potatoes, butter, breadcrumbs, garlic, thyme | A hundred cuts, so that butter can reach everywhere.
Gubbröra | salad | sprats, eggs, red onion, dill, chives, rye bread | Old man's mix: eggs and spiced fish on dark bread.
Kanelbullar | cake | flour, milk, butter, yeast, sugar, cinnamon, cardamom | The bun that has a national day.
Prinsesstårta | cake | eggs, sugar, flour, cream, raspberries, vanilla, marzipan | Sponge, custard and cream beneath a green dome.
Kladdkaka | cake | butter, sugar, eggs, cocoa, flour, vanilla | A chocolate cake that is meant to stay gooey.
`),
};

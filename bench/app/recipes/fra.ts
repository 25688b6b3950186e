import { readDishes, type City } from './city.ts';

export const fra: City = {
  region: 'fra',
  name: 'Frankfurt',
  country: 'Germany',
  cuisine: 'German',
  people: 'Frankfurters',
  authors: ['Lena Hoffmann', 'Jonas Weber', 'Mila Schreiber', 'Paul Krüger'],
  dishes: readDishes(`
Grüne Soße | salad | eggs, potatoes, sour cream, yoghurt, parsley, chives, sorrel, borage | Seven herbs, boiled eggs, and the taste of spring.
Frankfurter Schnitzel | fry | pork schnitzel, eggs, breadcrumbs, flour, lemon, potatoes | Thin, wavy and fried in plenty of fat.
Handkäs mit Musik | raw | sour milk cheese, onion, vinegar, caraway, rye bread, chives | The music comes later.
Rippchen mit Kraut | braise | smoked pork chops, sauerkraut, onion, juniper, bay leaves, apple wine, mustard | Cured ribs on sauerkraut, with a glass of apple wine.
Sauerbraten | braise | beef topside, vinegar, red wine, onion, carrots, juniper, gingerbread, raisins | A week in the marinade, and worth each day.
Linsensuppe with sausages | soup | brown lentils, frankfurters, carrots, celeriac, leek, potatoes, vinegar, thyme | Lentil soup with a splash of vinegar at table.
Kartoffelsuppe | soup | potatoes, carrots, leek, celeriac, onion, frankfurters, marjoram, cream | Potato soup to come home to.
Käsespätzle | bake | flour, eggs, emmental, onions, butter, nutmeg, chives | Noodles, cheese and a tangle of brown onions.
Maultaschen in broth | dumplings | minced pork, spinach, pasta dough, onion, beef stock, nutmeg, chives | Swabia's pockets, so that God won't see the meat.
Königsberger Klopse | stew | minced veal, capers, cream, lemon, anchovies, onion, potatoes, bay leaves | Meatballs in caper sauce, tart and pale.
Rinderrouladen | braise | beef topside, bacon, gherkins, mustard, onion, red wine, carrots | Rolled beef with a pickle at the centre.
Flammkuchen | pie | flour, sour cream, bacon, onions, nutmeg | As thin as the name's flames demand.
Bratkartoffeln | fry | potatoes, bacon, onion, parsley, caraway, eggs | Fried potatoes that reward leaving them alone.
Schweinshaxe | roast | pork knuckle, onions, garlic, caraway, beer, carrots | Crackling that can be heard next door.
Tomatensalat mit Zwiebeln | salad | tomatoes, onion, vinegar, parsley, chives, mustard | Tomato salad from the beer garden.
Bohneneintopf | stew | green beans, potatoes, smoked pork chops, onion, savory, vegetable stock | Bean pot with summer savory, as grandmother insists.
Hühnerfrikassee | stew | chicken thighs, mushrooms, asparagus, peas, cream, lemon, capers, rice | Chicken in a lemony cream, with rice.
Bismarck herring rolls | sandwich | herring fillets, bread rolls, onion, gherkins, lettuce, sour cream | A fish sandwich with northern manners.
Reibekuchen | griddle | potatoes, onion, eggs, flour, nutmeg, apples | Potato fritters with apple sauce from the Christmas market.
Frankfurter Kranz | cake | butter, sugar, eggs, flour, cornflour, redcurrant jam, hazelnuts, lemon | A crown of buttercream and brittle.
Bethmännchen | cake | marzipan, icing sugar, eggs, almonds, rose water, flour | Three almonds each, one for each surviving son.
Apfelstrudel | cake | apples, strudel pastry, butter, breadcrumbs, raisins, sugar, cinnamon, lemon | Dough through which one can read a letter.
`),
};

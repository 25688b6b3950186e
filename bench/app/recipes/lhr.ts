import { readDishes, type City } from './city.ts';

export const lhr: City = {
  region: 'lhr',
  name: 'London',
  country: 'United Kingdom',
  cuisine: 'British',
  people: 'Londoners',
  authors: ['Imogen Clarke', 'Kwame Asante', 'Harriet Shaw', 'Dev Patel'],
  dishes: readDishes(`
Fish and chips | fry | cod fillet, potatoes, flour, beer, peas, lemon, vinegar | Batter that shatters, peas that don't.
Shepherd's pie | bake | minced lamb, potatoes, carrots, onion, peas, beef stock, butter, thyme | Lamb under a ploughed field of mash.
Chicken tikka masala | curry | chicken thighs, tomatoes, yoghurt, cream, ginger, garlic, garam masala, coriander | A national dish with a London accent.
Full English breakfast | fry | pork sausages, bacon, eggs, baked beans, tomatoes, mushrooms, white bread | Everything in one pan and on one plate.
Sunday roast beef | roast | beef rib, potatoes, carrots, parsnips, horseradish, flour, eggs, beef stock | With puddings that rise like chimneys.
Toad in the hole | bake | pork sausages, flour, eggs, milk, onions, mustard, beef stock | Sausages asleep in batter.
Bubble and squeak | fry | potatoes, cabbage, onion, butter, eggs | Monday's proof that Sunday was good.
Beef and ale pie | pie | beef chuck, ale, puff pastry, carrots, onion, mushrooms, thyme | What pubs are for in February.
Cornish pasties | pie | beef skirt, shortcrust pastry, potatoes, swede, onion, black pepper | A lunch with its own handle.
Kedgeree | rice | smoked haddock, basmati rice, eggs, onion, curry powder, butter, lemon, parsley | Breakfast of the old empire, better as supper.
Leek and potato soup | soup | leeks, potatoes, onion, vegetable stock, cream, chives | Two vegetables and a blender.
Cullen skink | soup | smoked haddock, potatoes, onion, milk, butter, chives | Scotland's smoked fish soup, down south for good.
Jollof rice | rice | long-grain rice, tomatoes, bell peppers, onion, garlic, chilli, thyme, chicken stock | Peckham's side in an old debate.
Jerk chicken with rice and peas | grill | chicken thighs, kidney beans, rice, coconut milk, allspice, thyme, chilli, lime | Carnival weekend, any weekend.
Salt beef bagel | sandwich | salt beef, bagels, mustard, gherkins, onion, bay leaves | Brick Lane at three in the morning.
Lamb doner at home | wrap | minced lamb, flatbread, tomatoes, red onion, cabbage, yoghurt, garlic, cumin | Honest about what is in it.
Ploughman's salad | salad | cheddar, ham, apples, celery, pickled onions, lettuce, mustard, white bread | A pub lunch laid on leaves.
Coronation chicken | salad | chicken breast, mayonnaise, curry powder, dried apricots, almonds, coriander, lemon | 1953 in a sandwich or beside one.
Victoria sponge | cake | butter, sugar, eggs, flour, raspberry jam, cream | Equal weights, jam, cream, opinions.
Sticky toffee pudding | cake | dates, flour, brown sugar, butter, eggs, cream, vanilla | Hot sponge, hotter sauce, cold cream.
Apple crumble | cake | apples, flour, butter, brown sugar, oats, cinnamon | Custard is not optional.
Eton mess | sweet | strawberries, cream, meringues, icing sugar, lemon | A pavlova that fell, to everyone's gain.
`),
};

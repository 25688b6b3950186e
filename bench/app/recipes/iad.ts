import { readDishes, type City } from './city.ts';

export const iad: City = {
  region: 'iad',
  name: 'Ashburn',
  country: 'United States',
  cuisine: 'Virginian',
  people: 'Virginians',
  authors: ['Caroline Hayes', 'Jamal Whitfield', 'Abby Tucker', 'Sam Okafor'],
  dishes: readDishes(`
Brunswick stew | stew | chicken thighs, lima beans, sweetcorn, tomatoes, potatoes, onion, bacon, thyme | Disputed with Georgia, perfected in Virginia.
Maryland crab cakes | fry | crab meat, breadcrumbs, eggs, mayonnaise, Dijon mustard, lemon, parsley, paprika | Crab, and barely enough to hold it together.
Peanut soup | soup | peanut butter, chicken stock, celery, onion, cream, lemon, chilli | Colonial Williamsburg's velvety oddity.
Country ham biscuits | sandwich | country ham, flour, buttermilk, butter, honey, mustard | Salt, smoke and flaky layers.
Buttermilk fried chicken | fry | chicken thighs, buttermilk, flour, paprika, garlic powder, black pepper | A night in buttermilk, ten minutes in fat.
Half-smoke with chili | sandwich | smoked sausages, minced beef, bread rolls, onion, kidney beans, chilli powder, mustard | Washington's sausage, on U Street at midnight.
She-crab soup | soup | crab meat, cream, milk, butter, sherry, celery, onion, nutmeg | Pink, rich, and best in a small bowl.
Oyster stew | soup | oysters, milk, cream, butter, celery, shallot, parsley | Christmas Eve along the Chesapeake.
Doro wat | curry | chicken thighs, onions, berbere, eggs, ginger, garlic, lemon, butter | The region's Ethiopian kitchens at their grandest.
Misir wat | curry | red lentils, onion, tomatoes, berbere, garlic, ginger, flatbread | Red lentils, scooped up with injera.
Pupusas | griddle | masa flour, kidney beans, mozzarella, cabbage, carrots, vinegar, oregano | Salvadoran, and by now Virginian as well.
Collard greens | braise | collard greens, ham hock, onion, garlic, chilli, vinegar, chicken stock | Greens and the broth that they leave behind.
Hoppin' John | rice | black-eyed beans, long-grain rice, bacon, onion, celery, bell peppers, thyme | Luck for the new year, by the bowl.
Fried green tomatoes | fry | green tomatoes, cornmeal, eggs, buttermilk, paprika, lemon | Tart inside, crisp outside.
Tomato pudding | bake | tomatoes, white bread, brown sugar, butter, basil | Sweet and sharp beside a ham.
Rockfish with lemon and capers | roast | sea bass fillets, lemon, capers, butter, garlic, parsley, potatoes | The bay's striped bass, quickly roasted.
Spoonbread | bake | cornmeal, milk, eggs, butter, salt | Between a soufflé and a cornbread.
Three-bean salad | salad | green beans, kidney beans, chickpeas, red onion, celery, vinegar, parsley | The church picnic's loyal friend.
Pimento cheese toast | sandwich | cheddar, cream cheese, pimento peppers, mayonnaise, white bread, chilli | Southern pâté, grilled.
Apple butter | sweet | apples, cider, brown sugar, cinnamon, cloves, lemon | Shenandoah apples, cooked until they spread.
Chess pie | cake | eggs, sugar, butter, buttermilk, cornmeal, shortcrust pastry, vanilla, lemon | "It's jes' pie."
Sweet potato pie | cake | sweet potatoes, shortcrust pastry, eggs, brown sugar, milk, cinnamon, nutmeg | Thanksgiving without pumpkin.
`),
};

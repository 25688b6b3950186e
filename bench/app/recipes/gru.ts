import { readDishes, type City } from './city.ts';

export const gru: City = {
  region: 'gru',
  name: 'São Paulo',
  country: 'Brazil',
  cuisine: 'Brazilian',
  people: 'Paulistanos',
  authors: ['Beatriz Almeida', 'Rafael Tanaka', 'Luiza Ferraz', 'Caio Monteiro'],
  dishes: readDishes(`
Feijoada | stew | black beans, pork ribs, smoked sausage, bacon, onion, garlic, orange, bay leaves | Saturday's black bean stew, with orange to lighten it.
Moqueca | curry | white fish fillets, coconut milk, tomatoes, bell peppers, onion, garlic, lime, coriander | Bahian fish stew in the colour of the sun.
Virado à paulista | fry | pork chops, pinto beans, cassava flour, kale, eggs, bananas, garlic, rice | Monday's plate in every São Paulo bar.
Coxinha | fry | chicken breast, flour, cream cheese, onion, garlic, chicken stock, breadcrumbs, parsley | A teardrop of dough with chicken at heart.
Pão de queijo | bake | tapioca flour, parmesan, milk, eggs, butter | Cheese bread: chewy, hollow, gone.
Mortadella sandwich | sandwich | mortadella, bread rolls, provolone, Dijon mustard, butter | As high as the Mercado Municipal stacks it.
Picanha with farofa | grill | beef rump cap, cassava flour, butter, onion, garlic, lime, parsley | Salt, fire, fat cap; toasted cassava to catch the juice.
Galinhada | rice | chicken thighs, long-grain rice, tomatoes, bell peppers, turmeric, garlic, onion, parsley | Golden rice and chicken from one iron pot.
Escondidinho | bake | dried beef, cassava, cream cheese, onion, garlic, butter, parsley | Beef hidden under a blanket of cassava.
Bobó de camarão | stew | prawns, cassava, coconut milk, tomatoes, bell peppers, ginger, lime, coriander | Prawns in a velvet of cassava and coconut.
Caldo verde | soup | potatoes, kale, smoked sausage, onion, garlic, chicken stock | Portuguese greens soup that moved in long ago.
Canja de galinha | soup | chicken thighs, rice, carrots, celery, onion, garlic, tomatoes, mint | Chicken and rice soup for body and soul.
Bauru | sandwich | roast beef, bread rolls, tomatoes, mozzarella, gherkins, oregano | A student's order of 1937, still on the menu.
Pastel de feira | fry | minced beef, pastry rounds, onion, black olives, eggs, parsley, chilli | The market pastry, with cane juice.
Baião de dois | rice | black-eyed beans, rice, bacon, halloumi, onion, garlic, coriander | Rice and beans that dance as a couple.
Salpicão | salad | chicken breast, carrots, apples, celery, raisins, mayonnaise, lime, potatoes | The Christmas salad with straw potatoes on top.
Temaki de salmão | wrap | salmon fillet, sushi rice, nori, cream cheese, chives, sesame seeds, soy sauce | Liberdade's hand roll, Brazilian at heart.
Palmito pie | pie | hearts of palm, shortcrust pastry, tomatoes, peas, onion, garlic, milk, black olives | A creamy tart of palm hearts.
Estrogonofe | stew | beef steak, mushrooms, cream, tomatoes, onion, garlic, Dijon mustard, rice | Stroganoff's Brazilian life: rice and straw potatoes.
Brigadeiros | sweet | condensed milk, cocoa, butter, chocolate sprinkles | No party, however small, without them.
Quindim | sweet | egg yolks, sugar, coconut, butter | Sun-yellow, glossy and quivering.
Cassava and coconut cake | cake | cassava, coconut, sugar, eggs, butter, milk | A dense, fragrant cake that needs no flour.
`),
};

import { readDishes, type City } from './city.ts';

export const bom: City = {
  region: 'bom',
  name: 'Mumbai',
  country: 'India',
  cuisine: 'Indian',
  people: 'Mumbaikars',
  authors: ['Ananya Deshpande', 'Rohan Mehta', 'Zoya Merchant', 'Kabir Naik'],
  dishes: readDishes(`
Vada pav | sandwich | potatoes, gram flour, bread rolls, garlic, green chillies, mustard seeds, coriander, tamarind | The city's burger: spiced potato, fried, in a soft roll.
Pav bhaji | stew | potatoes, cauliflower, peas, tomatoes, onion, butter, garam masala, bread rolls | Vegetables mashed on iron with shocking amounts of butter.
Bombay fish curry | curry | pomfret, coconut milk, tamarind, tomatoes, onion, garlic, turmeric, curry leaves | Sour, hot and coconut-sweet, for a mound of rice.
Butter chicken | curry | chicken thighs, tomatoes, butter, cream, ginger, garlic, garam masala, fenugreek | Tandoori chicken in the sauce that conquered the world.
Keema pav | stew | minced lamb, peas, onion, tomatoes, ginger, garlic, garam masala, bread rolls | Irani café breakfast, strong tea alongside.
Misal pav | curry | sprouted moth beans, onion, tomatoes, coconut, garlic, chilli, coriander, lime | Fiery bean curry with crunch poured over the top.
Dhansak | curry | lamb shoulder, red lentils, pumpkin, aubergines, tomatoes, ginger, tamarind, rice | The Parsi Sunday: lentils, lamb and brown rice.
Chicken biryani | rice | chicken thighs, basmati rice, yoghurt, onions, saffron, ginger, garlic, mint | Layers of rice and chicken sealed until the scent escapes.
Bhel puri | salad | puffed rice, potatoes, tomatoes, onion, tamarind, coriander, lime, chilli | Chowpatty beach in a paper cone.
Masala dosa | griddle | rice, urad lentils, potatoes, onion, mustard seeds, curry leaves, turmeric | A crackling sheet around a yellow heart of potato.
Rajma | curry | kidney beans, tomatoes, onion, ginger, garlic, cumin, garam masala, rice | Red beans, long simmered, for the day of rest.
Chana masala | curry | chickpeas, tomatoes, onion, ginger, garlic, cumin, coriander, lemon | Chickpeas with backbone.
Dal tadka | soup | yellow lentils, tomatoes, onion, garlic, cumin, turmeric, chilli, coriander | The pot that feeds everyone, finished with sizzling garlic.
Bombil fry | fry | bombay duck fish, semolina, turmeric, chilli, lime, garlic | A fish called duck, fried to the point of shattering.
Prawn koliwada | fry | prawns, gram flour, ginger, garlic, chilli, lime | Fisherfolk's prawns, red and crisp.
Tomato rasam | soup | tomatoes, tamarind, black pepper, garlic, cumin, curry leaves, coriander | Pepper and tomato broth that clears the head.
Palak paneer | curry | spinach, paneer, onion, ginger, garlic, cream, cumin, garam masala | Green, smooth and studded with fresh cheese.
Sabudana khichdi | stir-fry | tapioca pearls, potatoes, peanuts, green chillies, cumin, coriander, lemon | The fasting dish one fasts for.
Thalipeeth | griddle | millet flour, gram flour, onion, coriander, chilli, cumin, yoghurt | A speckled flatbread that is a meal in itself.
Shrikhand | sweet | yoghurt, sugar, cardamom, saffron, pistachios | Strained yoghurt, saffron and patience.
Puran poli | griddle | flour, split chickpeas, jaggery, cardamom, nutmeg, ghee | A festival flatbread filled with sweet lentils.
Kheer | sweet | rice, milk, sugar, cardamom, almonds, raisins | Rice pudding, slower and more fragrant.
`),
};

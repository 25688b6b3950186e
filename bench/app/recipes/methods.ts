/**
 * How a dish is made. A sentence whose `{role}` the dish lacks is left out, so each method reads well for any dish;
 * `{main}` is the first ingredient. Every role must occur, so that no ingredient stays on the table (`compose.test.ts`).
 */
export interface Recipe {
  readonly minutes: number;
  readonly difficulty: 'easy' | 'medium' | 'ambitious';
  readonly tags: readonly [string, ...string[]];
  readonly steps: readonly (readonly string[])[];
}

export const methods = {
  soup: {
    minutes: 45,
    difficulty: 'easy',
    tags: ['soup', 'one pot'],
    steps: [
      [
        'Warm a little oil in a large pot.',
        'Soften the {aromatics} for ten minutes, without colour.',
      ],
      [
        'Add the {main} and turn in the fat for a few minutes.',
        'Stir in the {spices}; let the scent rise.',
      ],
      [
        'Pour in the {liquids} and enough water to cover.',
        'Add the {rest} as each needs: the hardest first.',
      ],
      [
        'Simmer gently until everything is tender, about 25 minutes.',
        'Cook the {starch} in the soup for the last minutes.',
      ],
      ['Taste for salt.', 'Finish with the {fresh} and serve hot.'],
    ],
  },
  stew: {
    minutes: 70,
    difficulty: 'easy',
    tags: ['stew', 'one pot', 'comfort'],
    steps: [
      ['Season the {main}, brown lightly in a heavy pot and set aside.'],
      ['Cook the {aromatics} in the same fat until golden.', 'Add the {spices} for one minute.'],
      [
        'Return everything to the pot with the {rest}.',
        'Pour in the {liquids} and scrape up what sticks.',
      ],
      ['Cover and simmer over a low flame for 45 minutes, until the spoon meets no resistance.'],
      ['Serve with the {starch}.', 'Scatter the {fresh} over at the table.'],
    ],
  },
  braise: {
    minutes: 180,
    difficulty: 'medium',
    tags: ['slow', 'comfort', 'weekend'],
    steps: [
      [
        'Heat the oven to 150 °C.',
        'Pat the {main} dry, salt well and brown on all sides; take your time.',
      ],
      ['Lower the heat and cook the {aromatics} in the fat that is left.', 'Stir in the {spices}.'],
      [
        'Add the {liquids} and bring to a simmer.',
        'Tuck the {rest} around the meat or vegetables.',
      ],
      ['Cover and leave in the oven for two and a half hours, until a fork turns without effort.'],
      [
        'Skim the fat and reduce the sauce if it is thin.',
        'Add the {fresh}.',
        'Serve with the {starch}.',
      ],
    ],
  },
  roast: {
    minutes: 90,
    difficulty: 'medium',
    tags: ['roast', 'oven', 'weekend'],
    steps: [
      ['Heat the oven to 200 °C.', 'Rub the {main} with oil and salt.', 'Work in the {spices}.'],
      ['Spread the {aromatics} over a roasting tin.', 'Add the {rest} in pieces of one size.'],
      ['Lay the {main} on top and roast until browned at the edges, basting twice.'],
      ['Let it rest for ten minutes.', 'Boil the pan juices up with the {liquids}.'],
      ['Serve with the {starch}.', 'Squeeze or scatter the {fresh} over.'],
    ],
  },
  bake: {
    minutes: 60,
    difficulty: 'medium',
    tags: ['oven', 'comfort'],
    steps: [
      [
        'Heat the oven to 190 °C and butter a wide dish.',
        'Prepare the {main}: cut, cook or mix as needed.',
      ],
      ['Soften the {aromatics} in a pan.', 'Season with the {spices}.'],
      ['Layer everything in the dish with the {rest}.', 'Work in the {starch}.'],
      [
        'Pour the {liquids} over.',
        'Bake for 35 minutes, until it bubbles and the top is deep gold.',
      ],
      ['Wait five minutes before the first spoonful.', 'Add the {fresh}.'],
    ],
  },
  cake: {
    minutes: 75,
    difficulty: 'medium',
    tags: ['sweet', 'baking'],
    steps: [
      ['Heat the oven to 180 °C.', 'Have the {main} at room temperature, weighed and ready.'],
      ['Combine with the {rest}: fats and sugars first, then the dry things, without overworking.'],
      [
        'Perfume with the {spices}.',
        'Fold in the {aromatics}.',
        'Loosen with the {liquids}.',
        'Add zest or pieces of the {fresh}.',
      ],
      [
        'Line the tin with the {starch}.',
        'Bake until a skewer comes out almost clean, 25 to 45 minutes by size.',
      ],
      ['Cool in the tin for as long as you can bear.'],
    ],
  },
  pie: {
    minutes: 80,
    difficulty: 'medium',
    tags: ['pastry', 'oven'],
    steps: [
      [
        'Cook the {aromatics} slowly until sweet.',
        'Add the {main} and cook until no rawness is left.',
      ],
      [
        'Season with salt and the {spices}.',
        'Stir in the {liquids} and let it thicken.',
        'Mix in the {rest}; leave to cool.',
      ],
      [
        'Heat the oven to 210 °C.',
        'Roll out the {starch} and fill.',
        'Crimp the edges if there is a lid.',
      ],
      ['Bake on the lowest shelf for 30 minutes, until the base is crisp.'],
      ['Eat warm, not hot.', 'Add the {fresh} last.'],
    ],
  },
  fry: {
    minutes: 35,
    difficulty: 'medium',
    tags: ['fried', 'quick'],
    steps: [
      ['Cut the {main} into even pieces and season.', 'Rub in the {spices}.'],
      [
        'Make ready the {rest} for coating, filling or the side.',
        'Add the {aromatics}, finely cut.',
      ],
      ['Mix a batter or marinade with the {liquids}; leave it for ten minutes.'],
      [
        'Fry in hot oil, a few at a time, until crisp and golden.',
        'Drain on paper and salt at once.',
      ],
      ['Serve with the {starch}.', 'Bring the {fresh} to the table.'],
    ],
  },
  grill: {
    minutes: 50,
    difficulty: 'easy',
    tags: ['grill', 'summer'],
    steps: [
      [
        'Grind or chop the {aromatics}.',
        'Stir them with oil and the {spices}.',
        'Thin the marinade with the {liquids}.',
      ],
      ['Coat the {main} and leave for half an hour, or overnight in the cold.'],
      [
        'Light the coals and wait until they are grey.',
        'Grill the {main}, turning often, until charred at the edges.',
      ],
      [
        'Prepare the {rest} for the side or the glaze.',
        'Warm the {starch} at the edge of the fire.',
      ],
      ['Rest the meat or fish for five minutes.', 'Finish with the {fresh}.'],
    ],
  },
  'stir-fry': {
    minutes: 25,
    difficulty: 'easy',
    tags: ['wok', 'quick'],
    steps: [
      ['Cut everything before the fire is lit; there will be no time later.'],
      ['Heat a wok until it smokes; fry the {aromatics} for thirty seconds.', 'Add the {spices}.'],
      ['Toss in the {main} and keep moving.', 'Follow with the {rest}.'],
      ['Splash in the {liquids} around the edge.', 'Fold in the {starch}.'],
      ['Off the heat, add the {fresh}.', 'Serve at once.'],
    ],
  },
  salad: {
    minutes: 25,
    difficulty: 'easy',
    tags: ['salad', 'fresh', 'quick'],
    steps: [
      ['Cook what needs cooking, and cool it; cut the {main} into bite-sized pieces.'],
      ['Slice the {aromatics} thinly; ten minutes in cold water tames them.'],
      ['Whisk a dressing from oil, salt and the {liquids}.', 'Season it with the {spices}.'],
      ['Arrange with the {rest} on a wide plate.', 'Add the {starch} for crunch or body.'],
      ['Dress, add the {fresh} and toss once.'],
    ],
  },
  rice: {
    minutes: 45,
    difficulty: 'medium',
    tags: ['rice', 'one pot'],
    steps: [
      [
        'Rinse all rice until the water runs clear.',
        'Season the {main} and brown it, unless it is the rice itself.',
      ],
      ['Fry the {aromatics} until soft.', 'Bloom the {spices} in the oil.'],
      ['Add the {rest}.', 'Pour in the {liquids} and bring to the boil.', 'Stir in the {starch}.'],
      ['Cover tightly; cook over the lowest heat for 18 minutes and do not look.'],
      ['Leave for ten minutes more, then loosen with a fork.', 'Top with the {fresh}.'],
    ],
  },
  pasta: {
    minutes: 30,
    difficulty: 'easy',
    tags: ['pasta', 'quick'],
    steps: [
      [
        'Boil plenty of salted water and cook the {main} two minutes short.',
        'Keep a cup of the water.',
      ],
      [
        'Warm the {aromatics} in oil.',
        'Add the {spices}.',
        'Pour in the {liquids} and reduce by half.',
      ],
      ['Add the {rest} to the sauce.', 'Toss with the {starch}.'],
      ['Unite pasta and sauce over a high flame with a little of the water.'],
      ['Shower with the {fresh} and serve.'],
    ],
  },
  noodles: {
    minutes: 40,
    difficulty: 'medium',
    tags: ['noodles', 'bowl'],
    steps: [
      ['Cook the {main} until just tender and keep warm.'],
      ['Fry the {aromatics}, pounded or sliced, until fragrant.', 'Add the {spices}.'],
      ['Pour in the {liquids} and simmer.', 'Cook the {rest} in it, or sear it separately.'],
      ['Soak or warm the {starch} and divide between bowls.'],
      ['Bring everything together, very hot.', 'Pile on the {fresh}.'],
    ],
  },
  curry: {
    minutes: 60,
    difficulty: 'medium',
    tags: ['curry', 'spicy'],
    steps: [
      ['Cut up the {main} and salt it lightly.'],
      [
        'Brown the {aromatics} slowly in oil; the colour here is the flavour later.',
        'Fry the {spices} with them for a minute.',
      ],
      ['Add the {main} and stir until coated.', 'Follow with the {rest}.'],
      ['Pour in the {liquids}.', 'Simmer half covered until the oil rises to the surface.'],
      ['Serve with the {starch}.', 'Stir in the {fresh} at the last moment.'],
    ],
  },
  sandwich: {
    minutes: 20,
    difficulty: 'easy',
    tags: ['sandwich', 'quick', 'lunch'],
    steps: [
      ['Prepare the {main}: cook, slice or season it.'],
      [
        'Cook or slice the {aromatics}.',
        'Season with the {spices}.',
        'Reduce or whisk the {liquids} to a sauce.',
      ],
      ['Toast or warm the {starch}.', 'Spread and layer with the {rest}.'],
      ['Press it together so that it holds.', 'Tuck in the {fresh}.'],
    ],
  },
  wrap: {
    minutes: 40,
    difficulty: 'easy',
    tags: ['street food', 'quick'],
    steps: [
      ['Season the {main}.', 'Rub with the {spices}.', 'Marinate briefly with the {aromatics}.'],
      [
        'Add the {liquids} to the marinade or batter.',
        'Cook the {main} over a high heat until browned.',
      ],
      ['Get the {rest} ready in bowls.', 'Warm the {starch} until soft.'],
      ['Fill, fold and eat over a plate.', 'Offer the {fresh} with it.'],
    ],
  },
  dumplings: {
    minutes: 75,
    difficulty: 'ambitious',
    tags: ['dumplings', 'weekend'],
    steps: [
      [
        'Cook or chop the {main} finely and let cool.',
        'Mix in the {aromatics}.',
        'Season with the {spices}.',
      ],
      [
        'Make a smooth dough or filling with the {rest}; rest it for twenty minutes.',
        'Roll out the {starch}.',
      ],
      ['Shape, fill and close firmly; no air inside.'],
      [
        'Cook in barely moving water or steam until they float.',
        'Warm the {liquids} to serve them in.',
      ],
      ['Finish with the {fresh}.'],
    ],
  },
  griddle: {
    minutes: 30,
    difficulty: 'easy',
    tags: ['breakfast', 'quick'],
    steps: [
      ['Prepare the {main}.', 'Whisk in the {liquids} until smooth.'],
      ['Chop the {aromatics} finely.', 'Season with the {spices}.'],
      [
        'Combine with the {rest}, some kept for the top.',
        'Add the {starch}.',
        'Let it stand for ten minutes.',
      ],
      ['Cook on a hot, lightly oiled griddle; turn once, when the edges are set.'],
      ['Serve from the pan with the {fresh}.', 'Eat while it is hot.'],
    ],
  },
  steam: {
    minutes: 30,
    difficulty: 'easy',
    tags: ['light', 'quick'],
    steps: [
      ['Clean the {main} carefully.', 'Prepare the {rest}.'],
      [
        'Sweat the {aromatics} at the bottom of the pot.',
        'Add the {spices}.',
        'Pour in the {liquids}.',
      ],
      ['Cover and steam until just done.', 'Serve with the {starch}.'],
      ['Spoon the juices over.', 'Scatter with the {fresh}.'],
    ],
  },
  raw: {
    minutes: 30,
    difficulty: 'easy',
    tags: ['fresh', 'no cooking'],
    steps: [
      ['Buy the {main} on the day and keep cold; slice with a sharp knife.'],
      [
        'Cut the {aromatics} as finely as you can.',
        'Stir together the {liquids}.',
        'Season with the {spices}.',
      ],
      ['Arrange with the {rest}.', 'Prepare the {starch}.'],
      ['Dress at the last minute.', 'Add the {fresh} and serve cold.'],
    ],
  },
  pickle: {
    minutes: 60,
    difficulty: 'easy',
    tags: ['preserve', 'make ahead'],
    steps: [
      ['Prepare the {main} and pack into clean jars.', 'Layer with the {aromatics}.'],
      [
        'Boil the {liquids} with the same amount of water.',
        'Add the {spices}.',
        'Dissolve the {rest} in it.',
      ],
      ['Tuck in the {fresh}.', 'Pour over while hot and close.'],
      ['Wait two days.', 'Serve with the {starch}.'],
    ],
  },
  sweet: {
    minutes: 50,
    difficulty: 'medium',
    tags: ['sweet', 'make ahead'],
    steps: [
      ['Measure everything; desserts forgive less than stews.', 'Warm or whip the {main}.'],
      ['Heat the {liquids} gently; they must not boil.', 'Infuse them with the {spices}.'],
      [
        'Fold in the {rest} in two or three additions.',
        'Stir in the {starch}.',
        'Add the {aromatics}.',
      ],
      ['Fill into bowls or a dish and chill for at least three hours.'],
      ['Top with the {fresh}.', 'Serve cold, in small portions.'],
    ],
  },
} as const satisfies Record<string, Recipe>;

export type Method = keyof typeof methods;

export const isMethod = (name: string): name is Method => Object.hasOwn(methods, name);

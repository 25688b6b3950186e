/** The colours of the charts; canvases can't read them from the style sheet cheaply. */
export interface Inks {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly budget: string;
  /** By target; told apart without colour by the shape of their points. */
  readonly targets: readonly string[];
}

/** Okabe & Ito's palette for every kind of colour vision, lightened or darkened for contrast with the ground. */
export function inksOf(dark: boolean): Inks {
  return dark
    ? {
        ground: '#12161c',
        text: '#e6e9ef',
        quiet: '#9aa4b2',
        grid: '#2b323d',
        budget: '#f0b35a',
        targets: ['#e69f00', '#ff7f6b', '#56b4e9', '#2fc79a', '#e08fc0', '#f0e442', '#9d8cff'],
      }
    : {
        ground: '#ffffff',
        text: '#1c2430',
        quiet: '#5b6674',
        grid: '#e3e7ed',
        budget: '#a85d00',
        targets: ['#b07400', '#c8431a', '#0072b2', '#00805f', '#a8487f', '#7d7400', '#5b45c9'],
      };
}

/** Shapes that stay apart at the size of a point. */
export const shapes = [
  'rect',
  'triangle',
  'circle',
  'rectRot',
  'star',
  'crossRot',
  'rectRounded',
] as const;

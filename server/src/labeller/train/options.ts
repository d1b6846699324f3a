/** The choices of the shipped model, made by cross-validation inside the training data (see MODEL.md). */
export const OPTIONS = {
  model: 'fanfare-linear-1',
  bits: 20,
  epochs: 4,
  rate: 0.07,
  decay: 1e-6,
  scales: [1, 1, 0.5],
  langScale: 0.4,
  setWeights: { xlmt: 1, semeval: 0.25, deft: 1, phrases: 2 },
} as const;

/** The choices of the shipped model, made by cross-validation inside the training data (see MODEL.md). */
export const OPTIONS = {
  model: 'fanfare-linear-1',
  bits: 20,
  epochs: 5,
  rate: 0.15,
  decay: 1e-6,
  scales: [1, 1, 0.3],
  langScale: 0.7,
  setWeights: { xlmt: 1, semeval: 0.5, deft: 1 },
} as const;

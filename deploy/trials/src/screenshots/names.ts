/** An account of the sample data that is close to its end. */
export const near = 'Nave Guadalhorce';

/** As long as a name may be, nearly. */
export const longName =
  'Comunidad de Propietarios del Complejo Residencial y Comercial Las Torres de la Bahía de Poniente 2';

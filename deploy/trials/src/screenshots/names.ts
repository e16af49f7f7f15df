/** A sample account that expires soon. */
export const near = 'Nave Guadalhorce';

/** Nearly the longest possible name. */
export const longName =
  'Comunidad de Propietarios del Complejo Residencial y Comercial Las Torres de la Bahía de Poniente 2';

/** The sign-ins of the sample people. */
export const irene = 'irene@solar-partner.example';
export const marc = 'marc@solar-partner.example';
export const sofia = 'sofia@solar-partner.example';
export const grace = 'grace@grid-partner.example';
export const ruth = 'ruth@grid-partner.example';
export const tom = 'tom@grid-partner.example';
export const diego = 'diego@platform.example';
export const lena = 'lena@platform.example';
export const oliver = 'oliver@platform.example';

/** The sample people, by their roles here. */
export const people = {
  superAdmin: 'marc@solar-partner.example',
  superAdminInSpanish: 'sofia@solar-partner.example',
  superAdminElsewhere: 'grace@grid-partner.example',
  withoutRole: 'irene@solar-partner.example',
  customerSuccess: 'oliver@platform.example',
  customerSuccessInSpanish: 'clara@platform.example',
  bothRoles: 'diego@platform.example',
} as const;

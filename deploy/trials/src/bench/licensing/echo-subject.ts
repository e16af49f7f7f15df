/** The subject on which the echo answers. */
export const echoSubject = 'echo.ingestion';

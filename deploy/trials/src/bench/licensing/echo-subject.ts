/** Where the echo answers. */
export const echoSubject = 'echo.ingestion';

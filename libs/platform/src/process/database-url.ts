import { z } from 'zod';
import { namesDatabase } from '../command/names-database.js';

export const databaseUrl = z.string().refine(namesDatabase, 'It has to be like postgres://host:5432/database.');

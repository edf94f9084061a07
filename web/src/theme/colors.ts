import type { MantineColorsTuple } from '@mantine/core';

/** Ten scales of ten shades, light to dark. Generated once from OKLCH ladders and then fixed; pages use roles, never a shade. */
const granite: MantineColorsTuple = [
  '#f6f8f8',
  '#eff2f1',
  '#e0e5e4',
  '#d0d6d6',
  '#b1b9b8',
  '#8b9494',
  '#6b7574',
  '#4d5857',
  '#313c3b',
  '#17201f',
];
const dark: MantineColorsTuple = [
  '#e3e9e9',
  '#c2c9c9',
  '#9ea7a7',
  '#788283',
  '#535d5e',
  '#394344',
  '#283132',
  '#1d2526',
  '#151d1d',
  '#0f1516',
];
const lac: MantineColorsTuple = [
  '#eff9fd',
  '#ddf2f9',
  '#bde4f0',
  '#92d1e3',
  '#60b7cf',
  '#289bb6',
  '#048099',
  '#03677c',
  '#034f5f',
  '#003845',
];
const sapin: MantineColorsTuple = [
  '#eefbf3',
  '#ddf5e6',
  '#bfe8cf',
  '#9ad6b2',
  '#70bd91',
  '#4e9f73',
  '#31855b',
  '#1e6c47',
  '#135335',
  '#0e3b25',
];
const ocre: MantineColorsTuple = [
  '#fdf6e8',
  '#f9edd2',
  '#f0daac',
  '#e2c17c',
  '#cba348',
  '#af8517',
  '#916d03',
  '#755701',
  '#5a4200',
  '#412e00',
];
const corde: MantineColorsTuple = [
  '#fef5f3',
  '#ffe8e4',
  '#fed0c8',
  '#ffaea1',
  '#fc7e6e',
  '#de5d4e',
  '#c14235',
  '#a02e24',
  '#7d2018',
  '#5a1711',
];
const bruyere: MantineColorsTuple = [
  '#fff4f8',
  '#ffe6f1',
  '#ffcce2',
  '#f9aacf',
  '#e586b5',
  '#c76798',
  '#ab4d7e',
  '#8d3a66',
  '#6e2a4e',
  '#4f1d37',
];
const iris: MantineColorsTuple = [
  '#f6f6fe',
  '#ececff',
  '#d8d8fe',
  '#bfbeff',
  '#a19df4',
  '#857fd7',
  '#6c66bb',
  '#57509c',
  '#423c7a',
  '#2e2a57',
];
const mousse: MantineColorsTuple = [
  '#f5f9ed',
  '#eaf1db',
  '#d6e2bd',
  '#bdce97',
  '#9fb36e',
  '#82964e',
  '#697c34',
  '#546423',
  '#3f4d17',
  '#2c3610',
];
const ardoise: MantineColorsTuple = [
  '#f3f8fd',
  '#e6eff9',
  '#cfdeef',
  '#b2c8e0',
  '#91acca',
  '#738fad',
  '#5a7692',
  '#465f78',
  '#35485d',
  '#253342',
];

/** `theme.colors`. Mantine's own names for grey and for its states point at our scales, so that no stray blue appears. */
export const colors = { gray: granite, dark, lac, sapin, ocre, corde, bruyere, iris, mousse, ardoise, red: corde, green: sapin, yellow: ocre };

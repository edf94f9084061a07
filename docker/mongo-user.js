// Run by MongoDB's image when it begins with an empty folder: the app's own user may read and write its one database, and nothing else.
db.getSiblingDB('cordee').createUser({
  user: 'cordee',
  pwd: process.env.MONGO_APP_PASSWORD,
  roles: [{ role: 'readWrite', db: 'cordee' }],
});

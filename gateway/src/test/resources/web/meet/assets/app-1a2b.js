console.log("meet");

window.OT = {};

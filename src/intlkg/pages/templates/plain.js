"use strict";
new vis.Network(document.getElementById("map"), {
  nodes: new vis.DataSet(JSON.parse(document.getElementById("vis-nodes").textContent)),
  edges: new vis.DataSet(JSON.parse(document.getElementById("vis-edges").textContent)),
}, { edges: { arrows: "to" } });

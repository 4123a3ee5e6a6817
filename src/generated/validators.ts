// Generated from schemas/ by scripts/generate.ts. Do not edit: change the schemas and run it again.
// @ts-nocheck
import { formats } from '../oio/formats.ts';
import equalModule from 'ajv/dist/runtime/equal.js';
import ucs2lengthModule from 'ajv/dist/runtime/ucs2length.js';

/** A validator that has found so many errors looks at no more items. */
const MAX_ERRORS = 1000;
export const validateDebitorkontoAnmodningAfsendI: SchemaValidator = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"debitorkonto-anmodning-afsend-i.schema.json","type":"object","properties":{"HovedOplysninger":{"$ref":"kontekst-2017.schema.json#/definitions/HovedOplysningerMedRute"},"AnmodningIdentifikator":{"$ref":"typer.schema.json#/definitions/UUID"},"HandlingTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/HandlingTypeKode"},"HandlingParametre":{"$ref":"#/definitions/HandlingParametre"},"DebitorkontoHandling":{"$ref":"#/definitions/DebitorkontoHandling"},"FordringHandling":{"$ref":"#/definitions/FordringHandling"},"DebitorkontiHandling":{"$ref":"#/definitions/DebitorkontiHandling"},"FordringerMellemDebitorkontiHandling":{"$ref":"#/definitions/FordringerMellemDebitorkontiHandling"}},"required":["HovedOplysninger","AnmodningIdentifikator","HandlingTypeKode"],"oneOf":[{"required":["DebitorkontoHandling"]},{"required":["FordringHandling"]},{"required":["DebitorkontiHandling"]},{"required":["FordringerMellemDebitorkontiHandling"]}],"additionalProperties":false,"definitions":{"Parameter":{"type":"object","properties":{"Navn":{"type":"string","minLength":1,"maxLength":50},"Vaerdi":{"type":"string","maxLength":500}},"required":["Navn","Vaerdi"],"additionalProperties":false},"HandlingParametre":{"type":"object","properties":{"VirkningDato":{"$ref":"typer.schema.json#/definitions/Dato"},"Beloeb":{"$ref":"typer.schema.json#/definitions/Beloeb"},"ValutaOplysningKode":{"$ref":"typer.schema.json#/definitions/Valuta"},"AarsagKode":{"type":"string","minLength":1,"maxLength":30},"AarsagTekst":{"type":"string","minLength":1,"maxLength":500},"SagIdentifikator":{"type":"string","minLength":1,"maxLength":50},"Parameter":{"type":"array","items":{"$ref":"#/definitions/Parameter"},"minItems":1}},"additionalProperties":false},"DebitorkontoHandling":{"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["DebitorkontoIdentifikator"],"additionalProperties":false},"FordringHandling":{"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"FordringListe":{"$ref":"debitorkonto.schema.json#/definitions/FordringListe"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["DebitorkontoIdentifikator","FordringListe"],"additionalProperties":false},"Debitorkonto":{"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"}},"required":["DebitorkontoIdentifikator"],"additionalProperties":false},"DebitorkontoFordringer":{"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"FordringListe":{"$ref":"debitorkonto.schema.json#/definitions/FordringListe"}},"required":["DebitorkontoIdentifikator","FordringListe"],"additionalProperties":false},"DebitorkontiHandling":{"type":"object","properties":{"Fra":{"$ref":"#/definitions/Debitorkonto"},"Til":{"$ref":"#/definitions/Debitorkonto"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["Fra","Til"],"additionalProperties":false},"FordringerMellemDebitorkontiHandling":{"type":"object","properties":{"Fra":{"$ref":"#/definitions/DebitorkontoFordringer"},"Til":{"$ref":"#/definitions/DebitorkontoFordringer"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["Fra","Til"],"additionalProperties":false}}};
const schema17 = {"type":"string","pattern":"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"};
const schema30 = {"type":"string","minLength":1,"maxLength":50};
const schema13 = {"type":"object","properties":{"TransaktionsId":{"$ref":"#/definitions/TransaktionsId"},"TransaktionsTid":{"$ref":"typer.schema.json#/definitions/DatoTid"},"RequestId":{"$ref":"typer.schema.json#/definitions/UUID"},"OnBehalfOfUser":{"$ref":"#/definitions/Tekst255"},"CallersServiceCallIdentifier":{"$ref":"#/definitions/Tekst255"},"AccountingInfo":{"$ref":"#/definitions/Tekst255"},"AuthorityContext":{"$ref":"#/definitions/AuthorityContext"},"Rute":{"$ref":"#/definitions/Rute"}},"required":["TransaktionsId","TransaktionsTid","Rute"],"additionalProperties":false};
const schema14 = {"type":"string","minLength":1,"maxLength":100};
const schema16 = {"type":"string","format":"dato-tid"};
const schema18 = {"type":"string","maxLength":255};
const func2 = (ucs2lengthModule.default ?? ucs2lengthModule);
const formats0 = formats["dato-tid"];
const pattern0 = new RegExp("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");
const schema21 = {"type":"object","properties":{"MunicipalityCVR":{"$ref":"typer.schema.json#/definitions/CVRNummer"}},"required":["MunicipalityCVR"],"additionalProperties":false};
const schema22 = {"type":"string","pattern":"^[0-9]{8}$"};
const pattern1 = new RegExp("^[0-9]{8}$", "u");

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.MunicipalityCVR === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "MunicipalityCVR"},message:"must have required property '"+"MunicipalityCVR"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "MunicipalityCVR")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.MunicipalityCVR !== undefined){
let data0 = data.MunicipalityCVR;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
const err2 = {instancePath:instancePath+"/MunicipalityCVR",schemaPath:"typer.schema.json#/definitions/CVRNummer/pattern",keyword:"pattern",params:{pattern: "^[0-9]{8}$"},message:"must match pattern \""+"^[0-9]{8}$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/MunicipalityCVR",schemaPath:"typer.schema.json#/definitions/CVRNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate14.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","properties":{"AfsenderOrganisation":{"$ref":"typer.schema.json#/definitions/CVRNummer"},"AfsenderItSystemInstans":{"$ref":"typer.schema.json#/definitions/UUID"},"ModtagerOrganisation":{"$ref":"typer.schema.json#/definitions/CVRNummer"},"ModtagerItSystemInstans":{"$ref":"typer.schema.json#/definitions/UUID"}},"required":["AfsenderOrganisation","AfsenderItSystemInstans","ModtagerOrganisation"],"additionalProperties":false};

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.AfsenderOrganisation === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AfsenderOrganisation"},message:"must have required property '"+"AfsenderOrganisation"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.AfsenderItSystemInstans === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AfsenderItSystemInstans"},message:"must have required property '"+"AfsenderItSystemInstans"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.ModtagerOrganisation === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ModtagerOrganisation"},message:"must have required property '"+"ModtagerOrganisation"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "AfsenderOrganisation") || (key0 === "AfsenderItSystemInstans")) || (key0 === "ModtagerOrganisation")) || (key0 === "ModtagerItSystemInstans"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.AfsenderOrganisation !== undefined){
let data0 = data.AfsenderOrganisation;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
const err4 = {instancePath:instancePath+"/AfsenderOrganisation",schemaPath:"typer.schema.json#/definitions/CVRNummer/pattern",keyword:"pattern",params:{pattern: "^[0-9]{8}$"},message:"must match pattern \""+"^[0-9]{8}$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/AfsenderOrganisation",schemaPath:"typer.schema.json#/definitions/CVRNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.AfsenderItSystemInstans !== undefined){
let data1 = data.AfsenderItSystemInstans;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err6 = {instancePath:instancePath+"/AfsenderItSystemInstans",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/AfsenderItSystemInstans",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.ModtagerOrganisation !== undefined){
let data2 = data.ModtagerOrganisation;
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
const err8 = {instancePath:instancePath+"/ModtagerOrganisation",schemaPath:"typer.schema.json#/definitions/CVRNummer/pattern",keyword:"pattern",params:{pattern: "^[0-9]{8}$"},message:"must match pattern \""+"^[0-9]{8}$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/ModtagerOrganisation",schemaPath:"typer.schema.json#/definitions/CVRNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.ModtagerItSystemInstans !== undefined){
let data3 = data.ModtagerItSystemInstans;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err10 = {instancePath:instancePath+"/ModtagerItSystemInstans",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/ModtagerItSystemInstans",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}


function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsId"},message:"must have required property '"+"TransaktionsId"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.Rute === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Rute"},message:"must have required property '"+"Rute"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "TransaktionsId") || (key0 === "TransaktionsTid")) || (key0 === "RequestId")) || (key0 === "OnBehalfOfUser")) || (key0 === "CallersServiceCallIdentifier")) || (key0 === "AccountingInfo")) || (key0 === "AuthorityContext")) || (key0 === "Rute"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.TransaktionsId !== undefined){
let data0 = data.TransaktionsId;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err4 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err5 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data1 = data.TransaktionsTid;
if(typeof data1 === "string"){
if(!(formats0(data1))){
const err7 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.RequestId !== undefined){
let data2 = data.RequestId;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err9 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.OnBehalfOfUser !== undefined){
let data3 = data.OnBehalfOfUser;
if(typeof data3 === "string"){
if(data3.length > 255 && func2(data3) > 255){
const err11 = {instancePath:instancePath+"/OnBehalfOfUser",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/OnBehalfOfUser",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.CallersServiceCallIdentifier !== undefined){
let data4 = data.CallersServiceCallIdentifier;
if(typeof data4 === "string"){
if(data4.length > 255 && func2(data4) > 255){
const err13 = {instancePath:instancePath+"/CallersServiceCallIdentifier",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/CallersServiceCallIdentifier",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.AccountingInfo !== undefined){
let data5 = data.AccountingInfo;
if(typeof data5 === "string"){
if(data5.length > 255 && func2(data5) > 255){
const err15 = {instancePath:instancePath+"/AccountingInfo",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/AccountingInfo",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.AuthorityContext !== undefined){
if(!(validate14(data.AuthorityContext, {instancePath:instancePath+"/AuthorityContext",parentData:data,parentDataProperty:"AuthorityContext",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.Rute !== undefined){
if(!(validate16(data.Rute, {instancePath:instancePath+"/Rute",parentData:data,parentDataProperty:"Rute",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

const schema31 = {"type":"object","properties":{"VirkningDato":{"$ref":"typer.schema.json#/definitions/Dato"},"Beloeb":{"$ref":"typer.schema.json#/definitions/Beloeb"},"ValutaOplysningKode":{"$ref":"typer.schema.json#/definitions/Valuta"},"AarsagKode":{"type":"string","minLength":1,"maxLength":30},"AarsagTekst":{"type":"string","minLength":1,"maxLength":500},"SagIdentifikator":{"type":"string","minLength":1,"maxLength":50},"Parameter":{"type":"array","items":{"$ref":"#/definitions/Parameter"},"minItems":1}},"additionalProperties":false};
const schema32 = {"type":"string","format":"dato"};
const schema33 = {"type":"string","format":"beloeb"};
const schema34 = {"type":"string","pattern":"^[A-Z]{2,3}$"};
const schema35 = {"type":"object","properties":{"Navn":{"type":"string","minLength":1,"maxLength":50},"Vaerdi":{"type":"string","maxLength":500}},"required":["Navn","Vaerdi"],"additionalProperties":false};
const formats2 = formats.dato;
const formats4 = formats.beloeb;
const pattern7 = new RegExp("^[A-Z]{2,3}$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "VirkningDato") || (key0 === "Beloeb")) || (key0 === "ValutaOplysningKode")) || (key0 === "AarsagKode")) || (key0 === "AarsagTekst")) || (key0 === "SagIdentifikator")) || (key0 === "Parameter"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.VirkningDato !== undefined){
let data0 = data.VirkningDato;
if(typeof data0 === "string"){
if(!(formats2(data0))){
const err1 = {instancePath:instancePath+"/VirkningDato",schemaPath:"typer.schema.json#/definitions/Dato/format",keyword:"format",params:{format: "dato"},message:"must match format \""+"dato"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/VirkningDato",schemaPath:"typer.schema.json#/definitions/Dato/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.Beloeb !== undefined){
let data1 = data.Beloeb;
if(typeof data1 === "string"){
if(!(formats4(data1))){
const err3 = {instancePath:instancePath+"/Beloeb",schemaPath:"typer.schema.json#/definitions/Beloeb/format",keyword:"format",params:{format: "beloeb"},message:"must match format \""+"beloeb"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/Beloeb",schemaPath:"typer.schema.json#/definitions/Beloeb/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.ValutaOplysningKode !== undefined){
let data2 = data.ValutaOplysningKode;
if(typeof data2 === "string"){
if(!pattern7.test(data2)){
const err5 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"typer.schema.json#/definitions/Valuta/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2,3}$"},message:"must match pattern \""+"^[A-Z]{2,3}$"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"typer.schema.json#/definitions/Valuta/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.AarsagKode !== undefined){
let data3 = data.AarsagKode;
if(typeof data3 === "string"){
if(data3.length > 30 && func2(data3) > 30){
const err7 = {instancePath:instancePath+"/AarsagKode",schemaPath:"#/properties/AarsagKode/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.length < 2 && func2(data3) < 1){
const err8 = {instancePath:instancePath+"/AarsagKode",schemaPath:"#/properties/AarsagKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/AarsagKode",schemaPath:"#/properties/AarsagKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.AarsagTekst !== undefined){
let data4 = data.AarsagTekst;
if(typeof data4 === "string"){
if(data4.length > 500 && func2(data4) > 500){
const err10 = {instancePath:instancePath+"/AarsagTekst",schemaPath:"#/properties/AarsagTekst/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.length < 2 && func2(data4) < 1){
const err11 = {instancePath:instancePath+"/AarsagTekst",schemaPath:"#/properties/AarsagTekst/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/AarsagTekst",schemaPath:"#/properties/AarsagTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.SagIdentifikator !== undefined){
let data5 = data.SagIdentifikator;
if(typeof data5 === "string"){
if(data5.length > 50 && func2(data5) > 50){
const err13 = {instancePath:instancePath+"/SagIdentifikator",schemaPath:"#/properties/SagIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data5.length < 2 && func2(data5) < 1){
const err14 = {instancePath:instancePath+"/SagIdentifikator",schemaPath:"#/properties/SagIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/SagIdentifikator",schemaPath:"#/properties/SagIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.Parameter !== undefined){
let data6 = data.Parameter;
if(Array.isArray(data6)){
if(data6.length < 1){
const err16 = {instancePath:instancePath+"/Parameter",schemaPath:"#/properties/Parameter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data7 = data6[i0];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.Navn === undefined){
const err17 = {instancePath:instancePath+"/Parameter/" + i0,schemaPath:"#/definitions/Parameter/required",keyword:"required",params:{missingProperty: "Navn"},message:"must have required property '"+"Navn"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data7.Vaerdi === undefined){
const err18 = {instancePath:instancePath+"/Parameter/" + i0,schemaPath:"#/definitions/Parameter/required",keyword:"required",params:{missingProperty: "Vaerdi"},message:"must have required property '"+"Vaerdi"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key1 in data7){
if(!((key1 === "Navn") || (key1 === "Vaerdi"))){
const err19 = {instancePath:instancePath+"/Parameter/" + i0,schemaPath:"#/definitions/Parameter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data7.Navn !== undefined){
let data8 = data7.Navn;
if(typeof data8 === "string"){
if(data8.length > 50 && func2(data8) > 50){
const err20 = {instancePath:instancePath+"/Parameter/" + i0+"/Navn",schemaPath:"#/definitions/Parameter/properties/Navn/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data8.length < 2 && func2(data8) < 1){
const err21 = {instancePath:instancePath+"/Parameter/" + i0+"/Navn",schemaPath:"#/definitions/Parameter/properties/Navn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/Parameter/" + i0+"/Navn",schemaPath:"#/definitions/Parameter/properties/Navn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.Vaerdi !== undefined){
let data9 = data7.Vaerdi;
if(typeof data9 === "string"){
if(data9.length > 500 && func2(data9) > 500){
const err23 = {instancePath:instancePath+"/Parameter/" + i0+"/Vaerdi",schemaPath:"#/definitions/Parameter/properties/Vaerdi/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/Parameter/" + i0+"/Vaerdi",schemaPath:"#/definitions/Parameter/properties/Vaerdi/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/Parameter/" + i0,schemaPath:"#/definitions/Parameter/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/Parameter",schemaPath:"#/properties/Parameter/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}

const schema36 = {"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["DebitorkontoIdentifikator"],"additionalProperties":false};
const schema37 = {"type":"string","minLength":1,"maxLength":50};
const schema38 = {"type":"string","minLength":1,"maxLength":30};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontoIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "DebitorkontoIdentifikator"},message:"must have required property '"+"DebitorkontoIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "DebitorkontoIdentifikator") || (key0 === "ObjektTypeKode"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.DebitorkontoIdentifikator !== undefined){
let data0 = data.DebitorkontoIdentifikator;
if(typeof data0 === "string"){
if(data0.length > 50 && func2(data0) > 50){
const err2 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err3 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.ObjektTypeKode !== undefined){
let data1 = data.ObjektTypeKode;
if(typeof data1 === "string"){
if(data1.length > 30 && func2(data1) > 30){
const err5 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.length < 2 && func2(data1) < 1){
const err6 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"FordringListe":{"$ref":"debitorkonto.schema.json#/definitions/FordringListe"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["DebitorkontoIdentifikator","FordringListe"],"additionalProperties":false};
const schema41 = {"type":"object","properties":{"FordringIdentifikator":{"type":"array","items":{"$ref":"#/definitions/FordringIdentifikator"},"minItems":1,"maxItems":10000}},"required":["FordringIdentifikator"],"additionalProperties":false};
const schema42 = {"type":"string","minLength":1,"maxLength":50};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FordringIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FordringIdentifikator"},message:"must have required property '"+"FordringIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "FordringIdentifikator")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.FordringIdentifikator !== undefined){
let data0 = data.FordringIdentifikator;
if(Array.isArray(data0)){
if(data0.length > 10000){
const err2 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/properties/FordringIdentifikator/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/properties/FordringIdentifikator/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(data1.length > 50 && func2(data1) > 50){
const err4 = {instancePath:instancePath+"/FordringIdentifikator/" + i0,schemaPath:"#/definitions/FordringIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1.length < 2 && func2(data1) < 1){
const err5 = {instancePath:instancePath+"/FordringIdentifikator/" + i0,schemaPath:"#/definitions/FordringIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/FordringIdentifikator/" + i0,schemaPath:"#/definitions/FordringIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/properties/FordringIdentifikator/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontoIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "DebitorkontoIdentifikator"},message:"must have required property '"+"DebitorkontoIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.FordringListe === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FordringListe"},message:"must have required property '"+"FordringListe"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "DebitorkontoIdentifikator") || (key0 === "FordringListe")) || (key0 === "ObjektTypeKode"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.DebitorkontoIdentifikator !== undefined){
let data0 = data.DebitorkontoIdentifikator;
if(typeof data0 === "string"){
if(data0.length > 50 && func2(data0) > 50){
const err3 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.FordringListe !== undefined){
if(!(validate25(data.FordringListe, {instancePath:instancePath+"/FordringListe",parentData:data,parentDataProperty:"FordringListe",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.ObjektTypeKode !== undefined){
let data2 = data.ObjektTypeKode;
if(typeof data2 === "string"){
if(data2.length > 30 && func2(data2) > 30){
const err6 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err7 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema44 = {"type":"object","properties":{"Fra":{"$ref":"#/definitions/Debitorkonto"},"Til":{"$ref":"#/definitions/Debitorkonto"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["Fra","Til"],"additionalProperties":false};
const schema45 = {"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"}},"required":["DebitorkontoIdentifikator"],"additionalProperties":false};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontoIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "DebitorkontoIdentifikator"},message:"must have required property '"+"DebitorkontoIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "DebitorkontoIdentifikator")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.DebitorkontoIdentifikator !== undefined){
let data0 = data.DebitorkontoIdentifikator;
if(typeof data0 === "string"){
if(data0.length > 50 && func2(data0) > 50){
const err2 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err3 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fra === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fra"},message:"must have required property '"+"Fra"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.Til === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Til"},message:"must have required property '"+"Til"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "Fra") || (key0 === "Til")) || (key0 === "ObjektTypeKode"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.Fra !== undefined){
if(!(validate29(data.Fra, {instancePath:instancePath+"/Fra",parentData:data,parentDataProperty:"Fra",rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.Til !== undefined){
if(!(validate29(data.Til, {instancePath:instancePath+"/Til",parentData:data,parentDataProperty:"Til",rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.ObjektTypeKode !== undefined){
let data2 = data.ObjektTypeKode;
if(typeof data2 === "string"){
if(data2.length > 30 && func2(data2) > 30){
const err3 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err4 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const schema48 = {"type":"object","properties":{"Fra":{"$ref":"#/definitions/DebitorkontoFordringer"},"Til":{"$ref":"#/definitions/DebitorkontoFordringer"},"ObjektTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/ObjektTypeKode"}},"required":["Fra","Til"],"additionalProperties":false};
const schema49 = {"type":"object","properties":{"DebitorkontoIdentifikator":{"$ref":"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator"},"FordringListe":{"$ref":"debitorkonto.schema.json#/definitions/FordringListe"}},"required":["DebitorkontoIdentifikator","FordringListe"],"additionalProperties":false};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontoIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "DebitorkontoIdentifikator"},message:"must have required property '"+"DebitorkontoIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.FordringListe === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FordringListe"},message:"must have required property '"+"FordringListe"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "DebitorkontoIdentifikator") || (key0 === "FordringListe"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.DebitorkontoIdentifikator !== undefined){
let data0 = data.DebitorkontoIdentifikator;
if(typeof data0 === "string"){
if(data0.length > 50 && func2(data0) > 50){
const err3 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/DebitorkontoIdentifikator",schemaPath:"debitorkonto.schema.json#/definitions/DebitorkontoIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.FordringListe !== undefined){
if(!(validate25(data.FordringListe, {instancePath:instancePath+"/FordringListe",parentData:data,parentDataProperty:"FordringListe",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}


function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fra === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fra"},message:"must have required property '"+"Fra"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.Til === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Til"},message:"must have required property '"+"Til"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "Fra") || (key0 === "Til")) || (key0 === "ObjektTypeKode"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.Fra !== undefined){
if(!(validate34(data.Fra, {instancePath:instancePath+"/Fra",parentData:data,parentDataProperty:"Fra",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.Til !== undefined){
if(!(validate34(data.Til, {instancePath:instancePath+"/Til",parentData:data,parentDataProperty:"Til",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.ObjektTypeKode !== undefined){
let data2 = data.ObjektTypeKode;
if(typeof data2 === "string"){
if(data2.length > 30 && func2(data2) > 30){
const err3 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err4 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/ObjektTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/ObjektTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="debitorkonto-anmodning-afsend-i.schema.json" */;
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontoHandling === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "DebitorkontoHandling"},message:"must have required property '"+"DebitorkontoHandling"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FordringHandling === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "FordringHandling"},message:"must have required property '"+"FordringHandling"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.DebitorkontiHandling === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "DebitorkontiHandling"},message:"must have required property '"+"DebitorkontiHandling"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FordringerMellemDebitorkontiHandling === undefined){
const err3 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "FordringerMellemDebitorkontiHandling"},message:"must have required property '"+"FordringerMellemDebitorkontiHandling"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 3];
}
else {
if(_valid0){
valid0 = true;
passing0 = 3;
}
}
}
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysninger === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysninger"},message:"must have required property '"+"HovedOplysninger"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.AnmodningIdentifikator === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AnmodningIdentifikator"},message:"must have required property '"+"AnmodningIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.HandlingTypeKode === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HandlingTypeKode"},message:"must have required property '"+"HandlingTypeKode"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "HovedOplysninger") || (key0 === "AnmodningIdentifikator")) || (key0 === "HandlingTypeKode")) || (key0 === "HandlingParametre")) || (key0 === "DebitorkontoHandling")) || (key0 === "FordringHandling")) || (key0 === "DebitorkontiHandling")) || (key0 === "FordringerMellemDebitorkontiHandling"))){
const err8 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.HovedOplysninger !== undefined){
if(!(validate12(data.HovedOplysninger, {instancePath:instancePath+"/HovedOplysninger",parentData:data,parentDataProperty:"HovedOplysninger",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data.AnmodningIdentifikator !== undefined){
let data1 = data.AnmodningIdentifikator;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err9 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.HandlingTypeKode !== undefined){
let data2 = data.HandlingTypeKode;
if(typeof data2 === "string"){
if(data2.length > 50 && func2(data2) > 50){
const err11 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err12 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.HandlingParametre !== undefined){
if(!(validate20(data.HandlingParametre, {instancePath:instancePath+"/HandlingParametre",parentData:data,parentDataProperty:"HandlingParametre",rootData}))){
vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
errors = vErrors.length;
}
}
if(data.DebitorkontoHandling !== undefined){
if(!(validate22(data.DebitorkontoHandling, {instancePath:instancePath+"/DebitorkontoHandling",parentData:data,parentDataProperty:"DebitorkontoHandling",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.FordringHandling !== undefined){
if(!(validate24(data.FordringHandling, {instancePath:instancePath+"/FordringHandling",parentData:data,parentDataProperty:"FordringHandling",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.DebitorkontiHandling !== undefined){
if(!(validate28(data.DebitorkontiHandling, {instancePath:instancePath+"/DebitorkontiHandling",parentData:data,parentDataProperty:"DebitorkontiHandling",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.FordringerMellemDebitorkontiHandling !== undefined){
if(!(validate33(data.FordringerMellemDebitorkontiHandling, {instancePath:instancePath+"/FordringerMellemDebitorkontiHandling",parentData:data,parentDataProperty:"FordringerMellemDebitorkontiHandling",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

export const validateDebitorkontoAnmodningAfsendO: SchemaValidator = validate39;
const schema52 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"debitorkonto-anmodning-afsend-o.schema.json","type":"object","properties":{"HovedOplysningerSvar":{"$ref":"kontekst-2017.schema.json#/definitions/HovedOplysningerSvar"},"AnmodningIdentifikator":{"$ref":"typer.schema.json#/definitions/UUID"},"Forretningskvittering":{"$ref":"kvittering.schema.json#/definitions/Forretningskvittering"},"HandlingResultat":{"$ref":"debitorkonto.schema.json#/definitions/HandlingResultat"},"ForventetSvarDato":{"$ref":"typer.schema.json#/definitions/Dato"}},"required":["HovedOplysningerSvar","AnmodningIdentifikator","Forretningskvittering"],"additionalProperties":false};
const schema53 = {"type":"object","properties":{"TransaktionsId":{"$ref":"#/definitions/TransaktionsId"},"TransaktionsTid":{"$ref":"typer.schema.json#/definitions/DatoTid"},"RequestId":{"$ref":"typer.schema.json#/definitions/UUID"},"SvarReaktion":{"type":"array","items":{"$ref":"#/definitions/SvarReaktion"},"minItems":1}},"required":["TransaktionsId","TransaktionsTid"],"additionalProperties":false};
const schema57 = {"type":"object","properties":{"Advis":{"$ref":"#/definitions/Advis"}},"required":["Advis"],"additionalProperties":false};
const schema58 = {"type":"object","properties":{"AdvisId":{"type":"string"},"AdvisTekst":{"type":"string","minLength":1},"KildeId":{"type":"string","minLength":1,"maxLength":100}},"required":["AdvisId","AdvisTekst"],"additionalProperties":false};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Advis === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Advis"},message:"must have required property '"+"Advis"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Advis")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Advis !== undefined){
let data0 = data.Advis;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.AdvisId === undefined){
const err2 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/Advis/required",keyword:"required",params:{missingProperty: "AdvisId"},message:"must have required property '"+"AdvisId"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.AdvisTekst === undefined){
const err3 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/Advis/required",keyword:"required",params:{missingProperty: "AdvisTekst"},message:"must have required property '"+"AdvisTekst"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data0){
if(!(((key1 === "AdvisId") || (key1 === "AdvisTekst")) || (key1 === "KildeId"))){
const err4 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/Advis/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.AdvisId !== undefined){
if(typeof data0.AdvisId !== "string"){
const err5 = {instancePath:instancePath+"/Advis/AdvisId",schemaPath:"#/definitions/Advis/properties/AdvisId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.AdvisTekst !== undefined){
let data2 = data0.AdvisTekst;
if(typeof data2 === "string"){
if(data2.length < 2 && func2(data2) < 1){
const err6 = {instancePath:instancePath+"/Advis/AdvisTekst",schemaPath:"#/definitions/Advis/properties/AdvisTekst/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/Advis/AdvisTekst",schemaPath:"#/definitions/Advis/properties/AdvisTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.KildeId !== undefined){
let data3 = data0.KildeId;
if(typeof data3 === "string"){
if(data3.length > 100 && func2(data3) > 100){
const err8 = {instancePath:instancePath+"/Advis/KildeId",schemaPath:"#/definitions/Advis/properties/KildeId/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3.length < 2 && func2(data3) < 1){
const err9 = {instancePath:instancePath+"/Advis/KildeId",schemaPath:"#/definitions/Advis/properties/KildeId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/Advis/KildeId",schemaPath:"#/definitions/Advis/properties/KildeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/Advis/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate41.errors = vErrors;
return errors === 0;
}


function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsId"},message:"must have required property '"+"TransaktionsId"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "TransaktionsId") || (key0 === "TransaktionsTid")) || (key0 === "RequestId")) || (key0 === "SvarReaktion"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.TransaktionsId !== undefined){
let data0 = data.TransaktionsId;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err3 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data1 = data.TransaktionsTid;
if(typeof data1 === "string"){
if(!(formats0(data1))){
const err6 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.RequestId !== undefined){
let data2 = data.RequestId;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err8 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.SvarReaktion !== undefined){
let data3 = data.SvarReaktion;
if(Array.isArray(data3)){
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate41(data3[i0], {instancePath:instancePath+"/SvarReaktion/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}

const schema61 = {"type":"object","properties":{"ForretningsValideringsKode":{"type":"string","enum":["MODTAGET","AFLEVERET","ACCEPTERET","AFVIST","FEJLET"]},"Begrundelse":{"type":"string"},"FejlListe":{"$ref":"#/definitions/FejlListe"}},"required":["ForretningsValideringsKode"],"additionalProperties":false};
const schema62 = {"type":"object","properties":{"Fejl":{"type":"array","items":{"$ref":"#/definitions/Fejl"},"minItems":1}},"required":["Fejl"],"additionalProperties":false};
const schema63 = {"type":"object","properties":{"FejlKode":{"type":"string"},"FejlTekst":{"type":"string"}},"required":["FejlKode","FejlTekst"],"additionalProperties":false};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fejl === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fejl"},message:"must have required property '"+"Fejl"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Fejl")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Fejl !== undefined){
let data0 = data.Fejl;
if(Array.isArray(data0)){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.FejlKode === undefined){
const err3 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlKode"},message:"must have required property '"+"FejlKode"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.FejlTekst === undefined){
const err4 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlTekst"},message:"must have required property '"+"FejlTekst"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "FejlKode") || (key1 === "FejlTekst"))){
const err5 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.FejlKode !== undefined){
if(typeof data1.FejlKode !== "string"){
const err6 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlKode",schemaPath:"#/definitions/Fejl/properties/FejlKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.FejlTekst !== undefined){
if(typeof data1.FejlTekst !== "string"){
const err7 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlTekst",schemaPath:"#/definitions/Fejl/properties/FejlTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}


function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ForretningsValideringsKode === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ForretningsValideringsKode"},message:"must have required property '"+"ForretningsValideringsKode"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "ForretningsValideringsKode") || (key0 === "Begrundelse")) || (key0 === "FejlListe"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.ForretningsValideringsKode !== undefined){
let data0 = data.ForretningsValideringsKode;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/ForretningsValideringsKode",schemaPath:"#/properties/ForretningsValideringsKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((data0 === "MODTAGET") || (data0 === "AFLEVERET")) || (data0 === "ACCEPTERET")) || (data0 === "AFVIST")) || (data0 === "FEJLET"))){
const err3 = {instancePath:instancePath+"/ForretningsValideringsKode",schemaPath:"#/properties/ForretningsValideringsKode/enum",keyword:"enum",params:{allowedValues: schema61.properties.ForretningsValideringsKode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Begrundelse !== undefined){
if(typeof data.Begrundelse !== "string"){
const err4 = {instancePath:instancePath+"/Begrundelse",schemaPath:"#/properties/Begrundelse/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.FejlListe !== undefined){
if(!(validate46(data.FejlListe, {instancePath:instancePath+"/FejlListe",parentData:data,parentDataProperty:"FejlListe",rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}

const schema64 = {"type":"object","properties":{"DebitorsystemReference":{"type":"string","minLength":1,"maxLength":100},"FordringResultat":{"type":"array","items":{"$ref":"#/definitions/FordringResultat"},"minItems":1}},"additionalProperties":false};
const schema65 = {"type":"object","properties":{"FordringIdentifikator":{"$ref":"#/definitions/FordringIdentifikator"},"ResultatKode":{"type":"string","enum":["GENNEMFOERT","AFVIST"]},"Beloeb":{"$ref":"typer.schema.json#/definitions/Beloeb"},"FejlListe":{"$ref":"kvittering.schema.json#/definitions/FejlListe"}},"required":["FordringIdentifikator","ResultatKode"],"additionalProperties":false};

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fejl === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fejl"},message:"must have required property '"+"Fejl"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Fejl")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Fejl !== undefined){
let data0 = data.Fejl;
if(Array.isArray(data0)){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.FejlKode === undefined){
const err3 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlKode"},message:"must have required property '"+"FejlKode"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.FejlTekst === undefined){
const err4 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlTekst"},message:"must have required property '"+"FejlTekst"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "FejlKode") || (key1 === "FejlTekst"))){
const err5 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.FejlKode !== undefined){
if(typeof data1.FejlKode !== "string"){
const err6 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlKode",schemaPath:"#/definitions/Fejl/properties/FejlKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.FejlTekst !== undefined){
if(typeof data1.FejlTekst !== "string"){
const err7 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlTekst",schemaPath:"#/definitions/Fejl/properties/FejlTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}


function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FordringIdentifikator === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FordringIdentifikator"},message:"must have required property '"+"FordringIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.ResultatKode === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ResultatKode"},message:"must have required property '"+"ResultatKode"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "FordringIdentifikator") || (key0 === "ResultatKode")) || (key0 === "Beloeb")) || (key0 === "FejlListe"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.FordringIdentifikator !== undefined){
let data0 = data.FordringIdentifikator;
if(typeof data0 === "string"){
if(data0.length > 50 && func2(data0) > 50){
const err3 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/definitions/FordringIdentifikator/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/definitions/FordringIdentifikator/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/FordringIdentifikator",schemaPath:"#/definitions/FordringIdentifikator/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.ResultatKode !== undefined){
let data1 = data.ResultatKode;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/ResultatKode",schemaPath:"#/properties/ResultatKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!((data1 === "GENNEMFOERT") || (data1 === "AFVIST"))){
const err7 = {instancePath:instancePath+"/ResultatKode",schemaPath:"#/properties/ResultatKode/enum",keyword:"enum",params:{allowedValues: schema65.properties.ResultatKode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.Beloeb !== undefined){
let data2 = data.Beloeb;
if(typeof data2 === "string"){
if(!(formats4(data2))){
const err8 = {instancePath:instancePath+"/Beloeb",schemaPath:"typer.schema.json#/definitions/Beloeb/format",keyword:"format",params:{format: "beloeb"},message:"must match format \""+"beloeb"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/Beloeb",schemaPath:"typer.schema.json#/definitions/Beloeb/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.FejlListe !== undefined){
if(!(validate51(data.FejlListe, {instancePath:instancePath+"/FejlListe",parentData:data,parentDataProperty:"FejlListe",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate50.errors = vErrors;
return errors === 0;
}


function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "DebitorsystemReference") || (key0 === "FordringResultat"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.DebitorsystemReference !== undefined){
let data0 = data.DebitorsystemReference;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err1 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err2 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.FordringResultat !== undefined){
let data1 = data.FordringResultat;
if(Array.isArray(data1)){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/FordringResultat",schemaPath:"#/properties/FordringResultat/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate50(data1[i0], {instancePath:instancePath+"/FordringResultat/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/FordringResultat",schemaPath:"#/properties/FordringResultat/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}


function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="debitorkonto-anmodning-afsend-o.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysningerSvar === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysningerSvar"},message:"must have required property '"+"HovedOplysningerSvar"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.AnmodningIdentifikator === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AnmodningIdentifikator"},message:"must have required property '"+"AnmodningIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.Forretningskvittering === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Forretningskvittering"},message:"must have required property '"+"Forretningskvittering"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "HovedOplysningerSvar") || (key0 === "AnmodningIdentifikator")) || (key0 === "Forretningskvittering")) || (key0 === "HandlingResultat")) || (key0 === "ForventetSvarDato"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.HovedOplysningerSvar !== undefined){
if(!(validate40(data.HovedOplysningerSvar, {instancePath:instancePath+"/HovedOplysningerSvar",parentData:data,parentDataProperty:"HovedOplysningerSvar",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.AnmodningIdentifikator !== undefined){
let data1 = data.AnmodningIdentifikator;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err4 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.Forretningskvittering !== undefined){
if(!(validate45(data.Forretningskvittering, {instancePath:instancePath+"/Forretningskvittering",parentData:data,parentDataProperty:"Forretningskvittering",rootData}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.HandlingResultat !== undefined){
if(!(validate49(data.HandlingResultat, {instancePath:instancePath+"/HandlingResultat",parentData:data,parentDataProperty:"HandlingResultat",rootData}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.ForventetSvarDato !== undefined){
let data4 = data.ForventetSvarDato;
if(typeof data4 === "string"){
if(!(formats2(data4))){
const err6 = {instancePath:instancePath+"/ForventetSvarDato",schemaPath:"typer.schema.json#/definitions/Dato/format",keyword:"format",params:{format: "dato"},message:"must match format \""+"dato"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/ForventetSvarDato",schemaPath:"typer.schema.json#/definitions/Dato/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}

export const validateDebitorkontoAnmodningSvarAfsendI: SchemaValidator = validate55;
const schema71 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"debitorkonto-anmodning-svar-afsend-i.schema.json","type":"object","properties":{"HovedOplysninger":{"$ref":"kontekst-2017.schema.json#/definitions/HovedOplysninger"},"AnmodningIdentifikator":{"$ref":"typer.schema.json#/definitions/UUID"},"HandlingTypeKode":{"$ref":"debitorkonto.schema.json#/definitions/HandlingTypeKode"},"SvarStatusKode":{"type":"string","enum":["GENNEMFOERT","DELVIST_GENNEMFOERT","AFVIST","FEJLET"]},"SvarTid":{"$ref":"typer.schema.json#/definitions/DatoTid"},"Begrundelse":{"type":"string","maxLength":1000},"HandlingResultat":{"$ref":"debitorkonto.schema.json#/definitions/HandlingResultat"},"FejlListe":{"$ref":"kvittering.schema.json#/definitions/FejlListe"}},"required":["HovedOplysninger","AnmodningIdentifikator","HandlingTypeKode","SvarStatusKode","SvarTid"],"additionalProperties":false};
const schema72 = {"type":"object","properties":{"TransaktionsId":{"$ref":"#/definitions/TransaktionsId"},"TransaktionsTid":{"$ref":"typer.schema.json#/definitions/DatoTid"},"RequestId":{"$ref":"typer.schema.json#/definitions/UUID"},"OnBehalfOfUser":{"$ref":"#/definitions/Tekst255"},"CallersServiceCallIdentifier":{"$ref":"#/definitions/Tekst255"},"AccountingInfo":{"$ref":"#/definitions/Tekst255"},"AuthorityContext":{"$ref":"#/definitions/AuthorityContext"},"Rute":{"$ref":"#/definitions/Rute"}},"required":["TransaktionsId","TransaktionsTid"],"additionalProperties":false};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsId"},message:"must have required property '"+"TransaktionsId"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "TransaktionsId") || (key0 === "TransaktionsTid")) || (key0 === "RequestId")) || (key0 === "OnBehalfOfUser")) || (key0 === "CallersServiceCallIdentifier")) || (key0 === "AccountingInfo")) || (key0 === "AuthorityContext")) || (key0 === "Rute"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.TransaktionsId !== undefined){
let data0 = data.TransaktionsId;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err3 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data1 = data.TransaktionsTid;
if(typeof data1 === "string"){
if(!(formats0(data1))){
const err6 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.RequestId !== undefined){
let data2 = data.RequestId;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err8 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.OnBehalfOfUser !== undefined){
let data3 = data.OnBehalfOfUser;
if(typeof data3 === "string"){
if(data3.length > 255 && func2(data3) > 255){
const err10 = {instancePath:instancePath+"/OnBehalfOfUser",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/OnBehalfOfUser",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.CallersServiceCallIdentifier !== undefined){
let data4 = data.CallersServiceCallIdentifier;
if(typeof data4 === "string"){
if(data4.length > 255 && func2(data4) > 255){
const err12 = {instancePath:instancePath+"/CallersServiceCallIdentifier",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/CallersServiceCallIdentifier",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.AccountingInfo !== undefined){
let data5 = data.AccountingInfo;
if(typeof data5 === "string"){
if(data5.length > 255 && func2(data5) > 255){
const err14 = {instancePath:instancePath+"/AccountingInfo",schemaPath:"#/definitions/Tekst255/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/AccountingInfo",schemaPath:"#/definitions/Tekst255/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.AuthorityContext !== undefined){
if(!(validate14(data.AuthorityContext, {instancePath:instancePath+"/AuthorityContext",parentData:data,parentDataProperty:"AuthorityContext",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.Rute !== undefined){
if(!(validate16(data.Rute, {instancePath:instancePath+"/Rute",parentData:data,parentDataProperty:"Rute",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}


function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "DebitorsystemReference") || (key0 === "FordringResultat"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.DebitorsystemReference !== undefined){
let data0 = data.DebitorsystemReference;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err1 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err2 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/DebitorsystemReference",schemaPath:"#/properties/DebitorsystemReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.FordringResultat !== undefined){
let data1 = data.FordringResultat;
if(Array.isArray(data1)){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/FordringResultat",schemaPath:"#/properties/FordringResultat/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate50(data1[i0], {instancePath:instancePath+"/FordringResultat/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/FordringResultat",schemaPath:"#/properties/FordringResultat/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate60.errors = vErrors;
return errors === 0;
}


function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fejl === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fejl"},message:"must have required property '"+"Fejl"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Fejl")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Fejl !== undefined){
let data0 = data.Fejl;
if(Array.isArray(data0)){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.FejlKode === undefined){
const err3 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlKode"},message:"must have required property '"+"FejlKode"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.FejlTekst === undefined){
const err4 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlTekst"},message:"must have required property '"+"FejlTekst"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "FejlKode") || (key1 === "FejlTekst"))){
const err5 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.FejlKode !== undefined){
if(typeof data1.FejlKode !== "string"){
const err6 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlKode",schemaPath:"#/definitions/Fejl/properties/FejlKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.FejlTekst !== undefined){
if(typeof data1.FejlTekst !== "string"){
const err7 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlTekst",schemaPath:"#/definitions/Fejl/properties/FejlTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}


function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="debitorkonto-anmodning-svar-afsend-i.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysninger === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysninger"},message:"must have required property '"+"HovedOplysninger"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.AnmodningIdentifikator === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AnmodningIdentifikator"},message:"must have required property '"+"AnmodningIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.HandlingTypeKode === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HandlingTypeKode"},message:"must have required property '"+"HandlingTypeKode"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.SvarStatusKode === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "SvarStatusKode"},message:"must have required property '"+"SvarStatusKode"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.SvarTid === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "SvarTid"},message:"must have required property '"+"SvarTid"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "HovedOplysninger") || (key0 === "AnmodningIdentifikator")) || (key0 === "HandlingTypeKode")) || (key0 === "SvarStatusKode")) || (key0 === "SvarTid")) || (key0 === "Begrundelse")) || (key0 === "HandlingResultat")) || (key0 === "FejlListe"))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.HovedOplysninger !== undefined){
if(!(validate56(data.HovedOplysninger, {instancePath:instancePath+"/HovedOplysninger",parentData:data,parentDataProperty:"HovedOplysninger",rootData}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.AnmodningIdentifikator !== undefined){
let data1 = data.AnmodningIdentifikator;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err6 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.HandlingTypeKode !== undefined){
let data2 = data.HandlingTypeKode;
if(typeof data2 === "string"){
if(data2.length > 50 && func2(data2) > 50){
const err8 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err9 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/HandlingTypeKode",schemaPath:"debitorkonto.schema.json#/definitions/HandlingTypeKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.SvarStatusKode !== undefined){
let data3 = data.SvarStatusKode;
if(typeof data3 !== "string"){
const err11 = {instancePath:instancePath+"/SvarStatusKode",schemaPath:"#/properties/SvarStatusKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!((((data3 === "GENNEMFOERT") || (data3 === "DELVIST_GENNEMFOERT")) || (data3 === "AFVIST")) || (data3 === "FEJLET"))){
const err12 = {instancePath:instancePath+"/SvarStatusKode",schemaPath:"#/properties/SvarStatusKode/enum",keyword:"enum",params:{allowedValues: schema71.properties.SvarStatusKode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.SvarTid !== undefined){
let data4 = data.SvarTid;
if(typeof data4 === "string"){
if(!(formats0(data4))){
const err13 = {instancePath:instancePath+"/SvarTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/SvarTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.Begrundelse !== undefined){
let data5 = data.Begrundelse;
if(typeof data5 === "string"){
if(data5.length > 1000 && func2(data5) > 1000){
const err15 = {instancePath:instancePath+"/Begrundelse",schemaPath:"#/properties/Begrundelse/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/Begrundelse",schemaPath:"#/properties/Begrundelse/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.HandlingResultat !== undefined){
if(!(validate60(data.HandlingResultat, {instancePath:instancePath+"/HandlingResultat",parentData:data,parentDataProperty:"HandlingResultat",rootData}))){
vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
errors = vErrors.length;
}
}
if(data.FejlListe !== undefined){
if(!(validate63(data.FejlListe, {instancePath:instancePath+"/FejlListe",parentData:data,parentDataProperty:"FejlListe",rootData}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}

export const validateDebitorkontoAnmodningSvarAfsendO: SchemaValidator = validate65;
const schema85 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"debitorkonto-anmodning-svar-afsend-o.schema.json","type":"object","properties":{"HovedOplysningerSvar":{"$ref":"kontekst-2017.schema.json#/definitions/HovedOplysningerSvar"},"AnmodningIdentifikator":{"$ref":"typer.schema.json#/definitions/UUID"},"Forretningskvittering":{"$ref":"kvittering.schema.json#/definitions/Forretningskvittering"}},"required":["HovedOplysningerSvar","AnmodningIdentifikator","Forretningskvittering"],"additionalProperties":false};

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsId"},message:"must have required property '"+"TransaktionsId"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "TransaktionsId") || (key0 === "TransaktionsTid")) || (key0 === "RequestId")) || (key0 === "SvarReaktion"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.TransaktionsId !== undefined){
let data0 = data.TransaktionsId;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err3 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/TransaktionsId",schemaPath:"#/definitions/TransaktionsId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data1 = data.TransaktionsTid;
if(typeof data1 === "string"){
if(!(formats0(data1))){
const err6 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.RequestId !== undefined){
let data2 = data.RequestId;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err8 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/RequestId",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.SvarReaktion !== undefined){
let data3 = data.SvarReaktion;
if(Array.isArray(data3)){
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate41(data3[i0], {instancePath:instancePath+"/SvarReaktion/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}


function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ForretningsValideringsKode === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ForretningsValideringsKode"},message:"must have required property '"+"ForretningsValideringsKode"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "ForretningsValideringsKode") || (key0 === "Begrundelse")) || (key0 === "FejlListe"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.ForretningsValideringsKode !== undefined){
let data0 = data.ForretningsValideringsKode;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/ForretningsValideringsKode",schemaPath:"#/properties/ForretningsValideringsKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((data0 === "MODTAGET") || (data0 === "AFLEVERET")) || (data0 === "ACCEPTERET")) || (data0 === "AFVIST")) || (data0 === "FEJLET"))){
const err3 = {instancePath:instancePath+"/ForretningsValideringsKode",schemaPath:"#/properties/ForretningsValideringsKode/enum",keyword:"enum",params:{allowedValues: schema61.properties.ForretningsValideringsKode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Begrundelse !== undefined){
if(typeof data.Begrundelse !== "string"){
const err4 = {instancePath:instancePath+"/Begrundelse",schemaPath:"#/properties/Begrundelse/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.FejlListe !== undefined){
if(!(validate46(data.FejlListe, {instancePath:instancePath+"/FejlListe",parentData:data,parentDataProperty:"FejlListe",rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="debitorkonto-anmodning-svar-afsend-o.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysningerSvar === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysningerSvar"},message:"must have required property '"+"HovedOplysningerSvar"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.AnmodningIdentifikator === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "AnmodningIdentifikator"},message:"must have required property '"+"AnmodningIdentifikator"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.Forretningskvittering === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Forretningskvittering"},message:"must have required property '"+"Forretningskvittering"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "HovedOplysningerSvar") || (key0 === "AnmodningIdentifikator")) || (key0 === "Forretningskvittering"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.HovedOplysningerSvar !== undefined){
if(!(validate66(data.HovedOplysningerSvar, {instancePath:instancePath+"/HovedOplysningerSvar",parentData:data,parentDataProperty:"HovedOplysningerSvar",rootData}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data.AnmodningIdentifikator !== undefined){
let data1 = data.AnmodningIdentifikator;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err4 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/AnmodningIdentifikator",schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.Forretningskvittering !== undefined){
if(!(validate69(data.Forretningskvittering, {instancePath:instancePath+"/Forretningskvittering",parentData:data,parentDataProperty:"Forretningskvittering",rootData}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}

export const validateHandlingstyper: SchemaValidator = validate72;
const schema92 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"handlingstyper.schema.json","type":"object","properties":{"$schema":{"type":"string"},"handlingstyper":{"type":"array","items":{"$ref":"#/definitions/HandlingstypePost"},"minItems":1,"maxItems":1000}},"required":["handlingstyper"],"additionalProperties":false,"definitions":{"HandlingstypePost":{"type":"object","properties":{"kode":{"type":"string","pattern":"^[A-ZÆØÅ0-9_]{1,50}$"},"navn":{"type":"string","minLength":1,"maxLength":100},"varianter":{"type":"array","items":{"type":"integer","enum":[1,2,3,4]},"minItems":1,"uniqueItems":true},"svarform":{"type":"string","enum":["STRAKS","SENERE"]},"paakraevede":{"type":"array","items":{"$ref":"#/definitions/PaakraevetParameterPost"},"maxItems":20},"objektTyper":{"type":"array","items":{"type":"string","minLength":1,"maxLength":30},"minItems":1,"maxItems":100,"uniqueItems":true},"fristDage":{"type":"integer","minimum":1,"maximum":3650},"adskilteSider":{"type":"boolean"}},"required":["kode","navn","varianter","svarform","paakraevede","objektTyper","adskilteSider"],"additionalProperties":false,"if":{"properties":{"svarform":{"const":"SENERE"}}},"then":{"required":["fristDage"]},"else":{"not":{"required":["fristDage"]}}},"PaakraevetParameterPost":{"type":"object","discriminator":{"propertyName":"felt"},"required":["felt"],"oneOf":[{"$ref":"#/definitions/PaakraevetBeloeb"},{"$ref":"#/definitions/PaakraevetFelt"},{"$ref":"#/definitions/PaakraevetNavngivetParameter"}]},"PaakraevetBeloeb":{"type":"object","properties":{"felt":{"type":"string","const":"Beloeb"},"positiv":{"type":"boolean"}},"required":["felt","positiv"],"additionalProperties":false},"PaakraevetFelt":{"type":"object","properties":{"felt":{"type":"string","enum":["VirkningDato","AarsagKode"]}},"required":["felt"],"additionalProperties":false},"PaakraevetNavngivetParameter":{"type":"object","properties":{"felt":{"type":"string","const":"Parameter"},"navn":{"type":"string","minLength":1,"maxLength":50},"vaerdier":{"type":"array","items":{"type":"string","minLength":1,"maxLength":500},"minItems":1,"maxItems":100,"uniqueItems":true}},"required":["felt","navn","vaerdier"],"additionalProperties":false}}};
const schema93 = {"type":"object","properties":{"kode":{"type":"string","pattern":"^[A-ZÆØÅ0-9_]{1,50}$"},"navn":{"type":"string","minLength":1,"maxLength":100},"varianter":{"type":"array","items":{"type":"integer","enum":[1,2,3,4]},"minItems":1,"uniqueItems":true},"svarform":{"type":"string","enum":["STRAKS","SENERE"]},"paakraevede":{"type":"array","items":{"$ref":"#/definitions/PaakraevetParameterPost"},"maxItems":20},"objektTyper":{"type":"array","items":{"type":"string","minLength":1,"maxLength":30},"minItems":1,"maxItems":100,"uniqueItems":true},"fristDage":{"type":"integer","minimum":1,"maximum":3650},"adskilteSider":{"type":"boolean"}},"required":["kode","navn","varianter","svarform","paakraevede","objektTyper","adskilteSider"],"additionalProperties":false,"if":{"properties":{"svarform":{"const":"SENERE"}}},"then":{"required":["fristDage"]},"else":{"not":{"required":["fristDage"]}}};
const pattern14 = new RegExp("^[A-ZÆØÅ0-9_]{1,50}$", "u");
const schema94 = {"type":"object","discriminator":{"propertyName":"felt"},"required":["felt"],"oneOf":[{"$ref":"#/definitions/PaakraevetBeloeb"},{"$ref":"#/definitions/PaakraevetFelt"},{"$ref":"#/definitions/PaakraevetNavngivetParameter"}]};
const schema95 = {"type":"object","properties":{"felt":{"type":"string","const":"Beloeb"},"positiv":{"type":"boolean"}},"required":["felt","positiv"],"additionalProperties":false};
const schema96 = {"type":"object","properties":{"felt":{"type":"string","enum":["VirkningDato","AarsagKode"]}},"required":["felt"],"additionalProperties":false};
const schema98 = {"type":"object","properties":{"felt":{"type":"string","const":"Parameter"},"navn":{"type":"string","minLength":1,"maxLength":50},"vaerdier":{"type":"array","items":{"type":"string","minLength":1,"maxLength":500},"minItems":1,"maxItems":100,"uniqueItems":true}},"required":["felt","navn","vaerdier"],"additionalProperties":false};

function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.felt === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "felt"},message:"must have required property '"+"felt"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.felt;
if(typeof tag0 == "string"){
if(tag0 === "Beloeb"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.felt === undefined){
const err1 = {instancePath,schemaPath:"#/definitions/PaakraevetBeloeb/required",keyword:"required",params:{missingProperty: "felt"},message:"must have required property '"+"felt"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.positiv === undefined){
const err2 = {instancePath,schemaPath:"#/definitions/PaakraevetBeloeb/required",keyword:"required",params:{missingProperty: "positiv"},message:"must have required property '"+"positiv"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "felt") || (key0 === "positiv"))){
const err3 = {instancePath,schemaPath:"#/definitions/PaakraevetBeloeb/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.felt !== undefined){
let data0 = data.felt;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetBeloeb/properties/felt/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if("Beloeb" !== data0){
const err5 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetBeloeb/properties/felt/const",keyword:"const",params:{allowedValue: "Beloeb"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.positiv !== undefined){
if(typeof data.positiv !== "boolean"){
const err6 = {instancePath:instancePath+"/positiv",schemaPath:"#/definitions/PaakraevetBeloeb/properties/positiv/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/definitions/PaakraevetBeloeb/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else if(tag0 === "VirkningDato"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.felt === undefined){
const err8 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/required",keyword:"required",params:{missingProperty: "felt"},message:"must have required property '"+"felt"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data){
if(!(key1 === "felt")){
const err9 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.felt !== undefined){
let data2 = data.felt;
if(typeof data2 !== "string"){
const err10 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetFelt/properties/felt/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!((data2 === "VirkningDato") || (data2 === "AarsagKode"))){
const err11 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetFelt/properties/felt/enum",keyword:"enum",params:{allowedValues: schema96.properties.felt.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else if(tag0 === "AarsagKode"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.felt === undefined){
const err13 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/required",keyword:"required",params:{missingProperty: "felt"},message:"must have required property '"+"felt"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data){
if(!(key2 === "felt")){
const err14 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.felt !== undefined){
let data3 = data.felt;
if(typeof data3 !== "string"){
const err15 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetFelt/properties/felt/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!((data3 === "VirkningDato") || (data3 === "AarsagKode"))){
const err16 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetFelt/properties/felt/enum",keyword:"enum",params:{allowedValues: schema96.properties.felt.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/definitions/PaakraevetFelt/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else if(tag0 === "Parameter"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.felt === undefined){
const err18 = {instancePath,schemaPath:"#/definitions/PaakraevetNavngivetParameter/required",keyword:"required",params:{missingProperty: "felt"},message:"must have required property '"+"felt"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data.navn === undefined){
const err19 = {instancePath,schemaPath:"#/definitions/PaakraevetNavngivetParameter/required",keyword:"required",params:{missingProperty: "navn"},message:"must have required property '"+"navn"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data.vaerdier === undefined){
const err20 = {instancePath,schemaPath:"#/definitions/PaakraevetNavngivetParameter/required",keyword:"required",params:{missingProperty: "vaerdier"},message:"must have required property '"+"vaerdier"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key3 in data){
if(!(((key3 === "felt") || (key3 === "navn")) || (key3 === "vaerdier"))){
const err21 = {instancePath,schemaPath:"#/definitions/PaakraevetNavngivetParameter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.felt !== undefined){
let data4 = data.felt;
if(typeof data4 !== "string"){
const err22 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/felt/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if("Parameter" !== data4){
const err23 = {instancePath:instancePath+"/felt",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/felt/const",keyword:"const",params:{allowedValue: "Parameter"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.navn !== undefined){
let data5 = data.navn;
if(typeof data5 === "string"){
if(data5.length > 50 && func2(data5) > 50){
const err24 = {instancePath:instancePath+"/navn",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/navn/maxLength",keyword:"maxLength",params:{limit: 50},message:"must NOT have more than 50 characters"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data5.length < 2 && func2(data5) < 1){
const err25 = {instancePath:instancePath+"/navn",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/navn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/navn",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/navn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.vaerdier !== undefined){
let data6 = data.vaerdier;
if(Array.isArray(data6)){
if(data6.length > 100){
const err27 = {instancePath:instancePath+"/vaerdier",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data6.length < 1){
const err28 = {instancePath:instancePath+"/vaerdier",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(data7.length > 500 && func2(data7) > 500){
const err29 = {instancePath:instancePath+"/vaerdier/" + i0,schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/items/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data7.length < 2 && func2(data7) < 1){
const err30 = {instancePath:instancePath+"/vaerdier/" + i0,schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/vaerdier/" + i0,schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err32 = {instancePath:instancePath+"/vaerdier",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err33 = {instancePath:instancePath+"/vaerdier",schemaPath:"#/definitions/PaakraevetNavngivetParameter/properties/vaerdier/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath,schemaPath:"#/definitions/PaakraevetNavngivetParameter/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "felt", tagValue: tag0},message:"value of tag \"felt\" must be in oneOf"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "felt", tagValue: tag0},message:"tag \"felt\" must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate74.errors = vErrors;
return errors === 0;
}


function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.svarform !== undefined){
if("SENERE" !== data.svarform){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fristDage === undefined){
const err1 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "fristDage"},message:"must have required property '"+"fristDage"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs5 = errors;
const _errs6 = errors;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.fristDage === undefined) && (missing0 = "fristDage")){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var valid2 = _errs7 === errors;
if(valid2){
const err3 = {instancePath,schemaPath:"#/else/not",keyword:"not",params:{},message:"must NOT be valid"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kode === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kode"},message:"must have required property '"+"kode"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.navn === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "navn"},message:"must have required property '"+"navn"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.varianter === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "varianter"},message:"must have required property '"+"varianter"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.svarform === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "svarform"},message:"must have required property '"+"svarform"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.paakraevede === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "paakraevede"},message:"must have required property '"+"paakraevede"+"'"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.objektTyper === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "objektTyper"},message:"must have required property '"+"objektTyper"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.adskilteSider === undefined){
const err11 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "adskilteSider"},message:"must have required property '"+"adskilteSider"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "kode") || (key0 === "navn")) || (key0 === "varianter")) || (key0 === "svarform")) || (key0 === "paakraevede")) || (key0 === "objektTyper")) || (key0 === "fristDage")) || (key0 === "adskilteSider"))){
const err12 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.kode !== undefined){
let data1 = data.kode;
if(typeof data1 === "string"){
if(!pattern14.test(data1)){
const err13 = {instancePath:instancePath+"/kode",schemaPath:"#/properties/kode/pattern",keyword:"pattern",params:{pattern: "^[A-ZÆØÅ0-9_]{1,50}$"},message:"must match pattern \""+"^[A-ZÆØÅ0-9_]{1,50}$"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/kode",schemaPath:"#/properties/kode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.navn !== undefined){
let data2 = data.navn;
if(typeof data2 === "string"){
if(data2.length > 100 && func2(data2) > 100){
const err15 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err16 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.varianter !== undefined){
let data3 = data.varianter;
if(Array.isArray(data3)){
if(data3.length < 1){
const err18 = {instancePath:instancePath+"/varianter",schemaPath:"#/properties/varianter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data4 = data3[i0];
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err19 = {instancePath:instancePath+"/varianter/" + i0,schemaPath:"#/properties/varianter/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!((((data4 === 1) || (data4 === 2)) || (data4 === 3)) || (data4 === 4))){
const err20 = {instancePath:instancePath+"/varianter/" + i0,schemaPath:"#/properties/varianter/items/enum",keyword:"enum",params:{allowedValues: schema93.properties.varianter.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(!(((typeof item0 == "number") && (!(item0 % 1) && !isNaN(item0))) && (isFinite(item0)))){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err21 = {instancePath:instancePath+"/varianter",schemaPath:"#/properties/varianter/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err22 = {instancePath:instancePath+"/varianter",schemaPath:"#/properties/varianter/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.svarform !== undefined){
let data5 = data.svarform;
if(typeof data5 !== "string"){
const err23 = {instancePath:instancePath+"/svarform",schemaPath:"#/properties/svarform/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!((data5 === "STRAKS") || (data5 === "SENERE"))){
const err24 = {instancePath:instancePath+"/svarform",schemaPath:"#/properties/svarform/enum",keyword:"enum",params:{allowedValues: schema93.properties.svarform.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.paakraevede !== undefined){
let data6 = data.paakraevede;
if(Array.isArray(data6)){
if(data6.length > 20){
const err25 = {instancePath:instancePath+"/paakraevede",schemaPath:"#/properties/paakraevede/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len1 = data6.length;
for(let i2=0; i2<len1 && errors < MAX_ERRORS; i2++){
if(!(validate74(data6[i2], {instancePath:instancePath+"/paakraevede/" + i2,parentData:data6,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath:instancePath+"/paakraevede",schemaPath:"#/properties/paakraevede/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.objektTyper !== undefined){
let data8 = data.objektTyper;
if(Array.isArray(data8)){
if(data8.length > 100){
const err27 = {instancePath:instancePath+"/objektTyper",schemaPath:"#/properties/objektTyper/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data8.length < 1){
const err28 = {instancePath:instancePath+"/objektTyper",schemaPath:"#/properties/objektTyper/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len2 = data8.length;
for(let i3=0; i3<len2 && errors < MAX_ERRORS; i3++){
let data9 = data8[i3];
if(typeof data9 === "string"){
if(data9.length > 30 && func2(data9) > 30){
const err29 = {instancePath:instancePath+"/objektTyper/" + i3,schemaPath:"#/properties/objektTyper/items/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data9.length < 2 && func2(data9) < 1){
const err30 = {instancePath:instancePath+"/objektTyper/" + i3,schemaPath:"#/properties/objektTyper/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/objektTyper/" + i3,schemaPath:"#/properties/objektTyper/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
let i4 = data8.length;
let j1;
if(i4 > 1){
const indices1 = {};
for(;i4--;){
let item1 = data8[i4];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err32 = {instancePath:instancePath+"/objektTyper",schemaPath:"#/properties/objektTyper/uniqueItems",keyword:"uniqueItems",params:{i: i4, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i4+" are identical)"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
break;
}
indices1[item1] = i4;
}
}
}
else {
const err33 = {instancePath:instancePath+"/objektTyper",schemaPath:"#/properties/objektTyper/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.fristDage !== undefined){
let data10 = data.fristDage;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err34 = {instancePath:instancePath+"/fristDage",schemaPath:"#/properties/fristDage/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 3650 || isNaN(data10)){
const err35 = {instancePath:instancePath+"/fristDage",schemaPath:"#/properties/fristDage/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3650},message:"must be <= 3650"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err36 = {instancePath:instancePath+"/fristDage",schemaPath:"#/properties/fristDage/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data.adskilteSider !== undefined){
if(typeof data.adskilteSider !== "boolean"){
const err37 = {instancePath:instancePath+"/adskilteSider",schemaPath:"#/properties/adskilteSider/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}


function validate72(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="handlingstyper.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.handlingstyper === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "handlingstyper"},message:"must have required property '"+"handlingstyper"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "$schema") || (key0 === "handlingstyper"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.handlingstyper !== undefined){
let data1 = data.handlingstyper;
if(Array.isArray(data1)){
if(data1.length > 1000){
const err3 = {instancePath:instancePath+"/handlingstyper",schemaPath:"#/properties/handlingstyper/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/handlingstyper",schemaPath:"#/properties/handlingstyper/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate73(data1[i0], {instancePath:instancePath+"/handlingstyper/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/handlingstyper",schemaPath:"#/properties/handlingstyper/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate72.errors = vErrors;
return errors === 0;
}

export const validateOpkraevningKontantIndbetalingOpretI: SchemaValidator = validate77;
const schema99 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"opkraevning-kontant-indbetaling-opret-i.schema.json","type":"object","properties":{"Kontekst":{"$ref":"#/definitions/IndbetalingKontekst"},"KundeIdentifikation":{"$ref":"#/definitions/KundeIdentifikation"},"OpkraevningIndbetalingOplysninger":{"$ref":"#/definitions/OpkraevningIndbetalingOplysninger"},"OnlineOpkraevningIndbetaling":{"$ref":"#/definitions/OnlineOpkraevningIndbetaling"}},"required":["Kontekst","KundeIdentifikation","OpkraevningIndbetalingOplysninger"],"additionalProperties":false,"definitions":{"IndbetalingKontekst":{"type":"object","properties":{"HovedOplysninger":{"$ref":"kontekst-2007.schema.json#/definitions/SkatHovedOplysninger"}},"required":["HovedOplysninger"],"additionalProperties":false},"KundeIdentifikation":{"type":"object","properties":{"KundeNummer":{"type":"string","pattern":"^[0-9]{8,11}$"},"KundeType":{"type":"string","maxLength":100}},"required":["KundeNummer","KundeType"],"additionalProperties":false},"OpkraevningIndbetalingOplysninger":{"type":"object","properties":{"OpkraevningKontantIndbetalingType":{"type":"string","maxLength":25},"OpkraevningIndbetalingBeloeb":{"type":"string","maxLength":100},"ValutaOplysningKode":{"type":"string","maxLength":100},"OpkraevningIndbetalingDato":{"$ref":"typer.schema.json#/definitions/Dato"}},"required":["OpkraevningKontantIndbetalingType","OpkraevningIndbetalingBeloeb","ValutaOplysningKode","OpkraevningIndbetalingDato"],"additionalProperties":false},"OnlineOpkraevningIndbetaling":{"type":"object","properties":{"OpkraevningKontoIndbetalingEksternID":{"type":"string","maxLength":20},"OpkraevningIndbetalingSystem":{"type":"string","maxLength":100}},"required":["OpkraevningKontoIndbetalingEksternID","OpkraevningIndbetalingSystem"],"additionalProperties":false}}};
const schema105 = {"type":"object","properties":{"KundeNummer":{"type":"string","pattern":"^[0-9]{8,11}$"},"KundeType":{"type":"string","maxLength":100}},"required":["KundeNummer","KundeType"],"additionalProperties":false};
const schema108 = {"type":"object","properties":{"OpkraevningKontoIndbetalingEksternID":{"type":"string","maxLength":20},"OpkraevningIndbetalingSystem":{"type":"string","maxLength":100}},"required":["OpkraevningKontoIndbetalingEksternID","OpkraevningIndbetalingSystem"],"additionalProperties":false};
const schema100 = {"type":"object","properties":{"HovedOplysninger":{"$ref":"kontekst-2007.schema.json#/definitions/SkatHovedOplysninger"}},"required":["HovedOplysninger"],"additionalProperties":false};
const schema102 = {"type":"object","properties":{"TransaktionsID":{"$ref":"#/definitions/TransaktionsID"},"TransaktionsTid":{"$ref":"typer.schema.json#/definitions/DatoTid"}},"required":["TransaktionsID","TransaktionsTid"],"additionalProperties":false};
const schema103 = {"type":"string","minLength":1,"maxLength":100};

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsID === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsID"},message:"must have required property '"+"TransaktionsID"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "TransaktionsID") || (key0 === "TransaktionsTid"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.TransaktionsID !== undefined){
let data0 = data.TransaktionsID;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err3 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err4 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data1 = data.TransaktionsTid;
if(typeof data1 === "string"){
if(!(formats0(data1))){
const err6 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}


function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysninger === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysninger"},message:"must have required property '"+"HovedOplysninger"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "HovedOplysninger")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.HovedOplysninger !== undefined){
if(!(validate80(data.HovedOplysninger, {instancePath:instancePath+"/HovedOplysninger",parentData:data,parentDataProperty:"HovedOplysninger",rootData}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}

const schema106 = {"type":"object","properties":{"OpkraevningKontantIndbetalingType":{"type":"string","maxLength":25},"OpkraevningIndbetalingBeloeb":{"type":"string","maxLength":100},"ValutaOplysningKode":{"type":"string","maxLength":100},"OpkraevningIndbetalingDato":{"$ref":"typer.schema.json#/definitions/Dato"}},"required":["OpkraevningKontantIndbetalingType","OpkraevningIndbetalingBeloeb","ValutaOplysningKode","OpkraevningIndbetalingDato"],"additionalProperties":false};

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.OpkraevningKontantIndbetalingType === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "OpkraevningKontantIndbetalingType"},message:"must have required property '"+"OpkraevningKontantIndbetalingType"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.OpkraevningIndbetalingBeloeb === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "OpkraevningIndbetalingBeloeb"},message:"must have required property '"+"OpkraevningIndbetalingBeloeb"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.ValutaOplysningKode === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ValutaOplysningKode"},message:"must have required property '"+"ValutaOplysningKode"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.OpkraevningIndbetalingDato === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "OpkraevningIndbetalingDato"},message:"must have required property '"+"OpkraevningIndbetalingDato"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "OpkraevningKontantIndbetalingType") || (key0 === "OpkraevningIndbetalingBeloeb")) || (key0 === "ValutaOplysningKode")) || (key0 === "OpkraevningIndbetalingDato"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.OpkraevningKontantIndbetalingType !== undefined){
let data0 = data.OpkraevningKontantIndbetalingType;
if(typeof data0 === "string"){
if(data0.length > 25 && func2(data0) > 25){
const err5 = {instancePath:instancePath+"/OpkraevningKontantIndbetalingType",schemaPath:"#/properties/OpkraevningKontantIndbetalingType/maxLength",keyword:"maxLength",params:{limit: 25},message:"must NOT have more than 25 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/OpkraevningKontantIndbetalingType",schemaPath:"#/properties/OpkraevningKontantIndbetalingType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.OpkraevningIndbetalingBeloeb !== undefined){
let data1 = data.OpkraevningIndbetalingBeloeb;
if(typeof data1 === "string"){
if(data1.length > 100 && func2(data1) > 100){
const err7 = {instancePath:instancePath+"/OpkraevningIndbetalingBeloeb",schemaPath:"#/properties/OpkraevningIndbetalingBeloeb/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/OpkraevningIndbetalingBeloeb",schemaPath:"#/properties/OpkraevningIndbetalingBeloeb/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.ValutaOplysningKode !== undefined){
let data2 = data.ValutaOplysningKode;
if(typeof data2 === "string"){
if(data2.length > 100 && func2(data2) > 100){
const err9 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"#/properties/ValutaOplysningKode/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"#/properties/ValutaOplysningKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.OpkraevningIndbetalingDato !== undefined){
let data3 = data.OpkraevningIndbetalingDato;
if(typeof data3 === "string"){
if(!(formats2(data3))){
const err11 = {instancePath:instancePath+"/OpkraevningIndbetalingDato",schemaPath:"typer.schema.json#/definitions/Dato/format",keyword:"format",params:{format: "dato"},message:"must match format \""+"dato"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/OpkraevningIndbetalingDato",schemaPath:"typer.schema.json#/definitions/Dato/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}

const pattern15 = new RegExp("^[0-9]{8,11}$", "u");

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="opkraevning-kontant-indbetaling-opret-i.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Kontekst === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Kontekst"},message:"must have required property '"+"Kontekst"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.KundeIdentifikation === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "KundeIdentifikation"},message:"must have required property '"+"KundeIdentifikation"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.OpkraevningIndbetalingOplysninger === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "OpkraevningIndbetalingOplysninger"},message:"must have required property '"+"OpkraevningIndbetalingOplysninger"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "Kontekst") || (key0 === "KundeIdentifikation")) || (key0 === "OpkraevningIndbetalingOplysninger")) || (key0 === "OnlineOpkraevningIndbetaling"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Kontekst !== undefined){
if(!(validate78(data.Kontekst, {instancePath:instancePath+"/Kontekst",parentData:data,parentDataProperty:"Kontekst",rootData}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.KundeIdentifikation !== undefined){
let data1 = data.KundeIdentifikation;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.KundeNummer === undefined){
const err4 = {instancePath:instancePath+"/KundeIdentifikation",schemaPath:"#/definitions/KundeIdentifikation/required",keyword:"required",params:{missingProperty: "KundeNummer"},message:"must have required property '"+"KundeNummer"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1.KundeType === undefined){
const err5 = {instancePath:instancePath+"/KundeIdentifikation",schemaPath:"#/definitions/KundeIdentifikation/required",keyword:"required",params:{missingProperty: "KundeType"},message:"must have required property '"+"KundeType"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "KundeNummer") || (key1 === "KundeType"))){
const err6 = {instancePath:instancePath+"/KundeIdentifikation",schemaPath:"#/definitions/KundeIdentifikation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.KundeNummer !== undefined){
let data2 = data1.KundeNummer;
if(typeof data2 === "string"){
if(!pattern15.test(data2)){
const err7 = {instancePath:instancePath+"/KundeIdentifikation/KundeNummer",schemaPath:"#/definitions/KundeIdentifikation/properties/KundeNummer/pattern",keyword:"pattern",params:{pattern: "^[0-9]{8,11}$"},message:"must match pattern \""+"^[0-9]{8,11}$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/KundeIdentifikation/KundeNummer",schemaPath:"#/definitions/KundeIdentifikation/properties/KundeNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data1.KundeType !== undefined){
let data3 = data1.KundeType;
if(typeof data3 === "string"){
if(data3.length > 100 && func2(data3) > 100){
const err9 = {instancePath:instancePath+"/KundeIdentifikation/KundeType",schemaPath:"#/definitions/KundeIdentifikation/properties/KundeType/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/KundeIdentifikation/KundeType",schemaPath:"#/definitions/KundeIdentifikation/properties/KundeType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/KundeIdentifikation",schemaPath:"#/definitions/KundeIdentifikation/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.OpkraevningIndbetalingOplysninger !== undefined){
if(!(validate83(data.OpkraevningIndbetalingOplysninger, {instancePath:instancePath+"/OpkraevningIndbetalingOplysninger",parentData:data,parentDataProperty:"OpkraevningIndbetalingOplysninger",rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.OnlineOpkraevningIndbetaling !== undefined){
let data5 = data.OnlineOpkraevningIndbetaling;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.OpkraevningKontoIndbetalingEksternID === undefined){
const err12 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/required",keyword:"required",params:{missingProperty: "OpkraevningKontoIndbetalingEksternID"},message:"must have required property '"+"OpkraevningKontoIndbetalingEksternID"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data5.OpkraevningIndbetalingSystem === undefined){
const err13 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/required",keyword:"required",params:{missingProperty: "OpkraevningIndbetalingSystem"},message:"must have required property '"+"OpkraevningIndbetalingSystem"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data5){
if(!((key2 === "OpkraevningKontoIndbetalingEksternID") || (key2 === "OpkraevningIndbetalingSystem"))){
const err14 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.OpkraevningKontoIndbetalingEksternID !== undefined){
let data6 = data5.OpkraevningKontoIndbetalingEksternID;
if(typeof data6 === "string"){
if(data6.length > 20 && func2(data6) > 20){
const err15 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling/OpkraevningKontoIndbetalingEksternID",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/properties/OpkraevningKontoIndbetalingEksternID/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling/OpkraevningKontoIndbetalingEksternID",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/properties/OpkraevningKontoIndbetalingEksternID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.OpkraevningIndbetalingSystem !== undefined){
let data7 = data5.OpkraevningIndbetalingSystem;
if(typeof data7 === "string"){
if(data7.length > 100 && func2(data7) > 100){
const err17 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling/OpkraevningIndbetalingSystem",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/properties/OpkraevningIndbetalingSystem/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling/OpkraevningIndbetalingSystem",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/properties/OpkraevningIndbetalingSystem/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/OnlineOpkraevningIndbetaling",schemaPath:"#/definitions/OnlineOpkraevningIndbetaling/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}

export const validateOpkraevningKontantIndbetalingOpretO: SchemaValidator = validate85;
const schema109 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"opkraevning-kontant-indbetaling-opret-o.schema.json","type":"object","properties":{"Kontekst":{"$ref":"#/definitions/IndbetalingKontekstSvar"}},"required":["Kontekst"],"additionalProperties":false,"definitions":{"IndbetalingKontekstSvar":{"type":"object","properties":{"HovedOplysningerSvar":{"$ref":"kontekst-2007.schema.json#/definitions/SkatHovedOplysningerSvar"}},"required":["HovedOplysningerSvar"],"additionalProperties":false}}};
const schema110 = {"type":"object","properties":{"HovedOplysningerSvar":{"$ref":"kontekst-2007.schema.json#/definitions/SkatHovedOplysningerSvar"}},"required":["HovedOplysningerSvar"],"additionalProperties":false};
const schema111 = {"type":"object","properties":{"TransaktionsID":{"$ref":"#/definitions/TransaktionsID"},"ServiceID":{"$ref":"#/definitions/ServiceID"},"TransaktionsTid":{"$ref":"typer.schema.json#/definitions/DatoTid"},"SvarReaktion":{"type":"array","items":{"$ref":"#/definitions/SkatSvarReaktion"},"minItems":1}},"required":["TransaktionsID","ServiceID","TransaktionsTid"],"additionalProperties":false};
const schema113 = {"type":"string","minLength":1,"maxLength":100};
const schema115 = {"type":"object","properties":{"Fejl":{"$ref":"#/definitions/SkatFejl"},"Advis":{"$ref":"#/definitions/SkatAdvis"}},"oneOf":[{"required":["Fejl"]},{"required":["Advis"]}],"additionalProperties":false};
const schema122 = {"type":"object","properties":{"AdvisNummer":{"type":"string","minLength":1,"maxLength":20},"AdvisTekst":{"type":"string","minLength":1}},"required":["AdvisNummer","AdvisTekst"],"additionalProperties":false};
const schema116 = {"type":"object","properties":{"FejlNummer":{"type":"string","minLength":1,"maxLength":20},"FejlTekst":{"type":"string","minLength":1},"ServiceID":{"$ref":"#/definitions/ServiceID"},"Identifikation":{"$ref":"#/definitions/SkatFejlFelter"}},"required":["FejlNummer","FejlTekst","ServiceID","Identifikation"],"additionalProperties":false};
const schema118 = {"type":"object","properties":{"OpkraevningKontantIndbetalingOpret_FejlId":{"$ref":"#/definitions/OpkraevningKontantIndbetalingOpretFejlId"}},"required":["OpkraevningKontantIndbetalingOpret_FejlId"],"additionalProperties":false};
const schema119 = {"type":"object","properties":{"FejlIdentifikation":{"$ref":"#/definitions/FejlIdentifikation"}},"required":["FejlIdentifikation"],"additionalProperties":false};
const schema120 = {"type":"object","properties":{"OpkraevningFordringBeloeb":{"type":"string","format":"beloeb15"},"KundeType":{"type":"string","maxLength":30},"ValutaOplysningKode":{"$ref":"typer.schema.json#/definitions/Valuta"}},"additionalProperties":false};
const formats24 = formats.beloeb15;

function validate92(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "OpkraevningFordringBeloeb") || (key0 === "KundeType")) || (key0 === "ValutaOplysningKode"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.OpkraevningFordringBeloeb !== undefined){
let data0 = data.OpkraevningFordringBeloeb;
if(typeof data0 === "string"){
if(!(formats24(data0))){
const err1 = {instancePath:instancePath+"/OpkraevningFordringBeloeb",schemaPath:"#/properties/OpkraevningFordringBeloeb/format",keyword:"format",params:{format: "beloeb15"},message:"must match format \""+"beloeb15"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/OpkraevningFordringBeloeb",schemaPath:"#/properties/OpkraevningFordringBeloeb/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.KundeType !== undefined){
let data1 = data.KundeType;
if(typeof data1 === "string"){
if(data1.length > 30 && func2(data1) > 30){
const err3 = {instancePath:instancePath+"/KundeType",schemaPath:"#/properties/KundeType/maxLength",keyword:"maxLength",params:{limit: 30},message:"must NOT have more than 30 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/KundeType",schemaPath:"#/properties/KundeType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.ValutaOplysningKode !== undefined){
let data2 = data.ValutaOplysningKode;
if(typeof data2 === "string"){
if(!pattern7.test(data2)){
const err5 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"typer.schema.json#/definitions/Valuta/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2,3}$"},message:"must match pattern \""+"^[A-Z]{2,3}$"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/ValutaOplysningKode",schemaPath:"typer.schema.json#/definitions/Valuta/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate92.errors = vErrors;
return errors === 0;
}


function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FejlIdentifikation === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FejlIdentifikation"},message:"must have required property '"+"FejlIdentifikation"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "FejlIdentifikation")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.FejlIdentifikation !== undefined){
if(!(validate92(data.FejlIdentifikation, {instancePath:instancePath+"/FejlIdentifikation",parentData:data,parentDataProperty:"FejlIdentifikation",rootData}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}


function validate90(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.OpkraevningKontantIndbetalingOpret_FejlId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "OpkraevningKontantIndbetalingOpret_FejlId"},message:"must have required property '"+"OpkraevningKontantIndbetalingOpret_FejlId"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "OpkraevningKontantIndbetalingOpret_FejlId")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.OpkraevningKontantIndbetalingOpret_FejlId !== undefined){
if(!(validate91(data.OpkraevningKontantIndbetalingOpret_FejlId, {instancePath:instancePath+"/OpkraevningKontantIndbetalingOpret_FejlId",parentData:data,parentDataProperty:"OpkraevningKontantIndbetalingOpret_FejlId",rootData}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate90.errors = vErrors;
return errors === 0;
}


function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.FejlNummer === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FejlNummer"},message:"must have required property '"+"FejlNummer"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.FejlTekst === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "FejlTekst"},message:"must have required property '"+"FejlTekst"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.ServiceID === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ServiceID"},message:"must have required property '"+"ServiceID"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.Identifikation === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Identifikation"},message:"must have required property '"+"Identifikation"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "FejlNummer") || (key0 === "FejlTekst")) || (key0 === "ServiceID")) || (key0 === "Identifikation"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.FejlNummer !== undefined){
let data0 = data.FejlNummer;
if(typeof data0 === "string"){
if(data0.length > 20 && func2(data0) > 20){
const err5 = {instancePath:instancePath+"/FejlNummer",schemaPath:"#/properties/FejlNummer/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err6 = {instancePath:instancePath+"/FejlNummer",schemaPath:"#/properties/FejlNummer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/FejlNummer",schemaPath:"#/properties/FejlNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.FejlTekst !== undefined){
let data1 = data.FejlTekst;
if(typeof data1 === "string"){
if(data1.length < 2 && func2(data1) < 1){
const err8 = {instancePath:instancePath+"/FejlTekst",schemaPath:"#/properties/FejlTekst/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/FejlTekst",schemaPath:"#/properties/FejlTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.ServiceID !== undefined){
let data2 = data.ServiceID;
if(typeof data2 === "string"){
if(data2.length > 100 && func2(data2) > 100){
const err10 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err11 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.Identifikation !== undefined){
if(!(validate90(data.Identifikation, {instancePath:instancePath+"/Identifikation",parentData:data,parentDataProperty:"Identifikation",rootData}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}


function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fejl === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "Fejl"},message:"must have required property '"+"Fejl"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Advis === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "Advis"},message:"must have required property '"+"Advis"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "Fejl") || (key0 === "Advis"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Fejl !== undefined){
if(!(validate89(data.Fejl, {instancePath:instancePath+"/Fejl",parentData:data,parentDataProperty:"Fejl",rootData}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.Advis !== undefined){
let data1 = data.Advis;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.AdvisNummer === undefined){
const err4 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/SkatAdvis/required",keyword:"required",params:{missingProperty: "AdvisNummer"},message:"must have required property '"+"AdvisNummer"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1.AdvisTekst === undefined){
const err5 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/SkatAdvis/required",keyword:"required",params:{missingProperty: "AdvisTekst"},message:"must have required property '"+"AdvisTekst"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "AdvisNummer") || (key1 === "AdvisTekst"))){
const err6 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/SkatAdvis/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.AdvisNummer !== undefined){
let data2 = data1.AdvisNummer;
if(typeof data2 === "string"){
if(data2.length > 20 && func2(data2) > 20){
const err7 = {instancePath:instancePath+"/Advis/AdvisNummer",schemaPath:"#/definitions/SkatAdvis/properties/AdvisNummer/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.length < 2 && func2(data2) < 1){
const err8 = {instancePath:instancePath+"/Advis/AdvisNummer",schemaPath:"#/definitions/SkatAdvis/properties/AdvisNummer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/Advis/AdvisNummer",schemaPath:"#/definitions/SkatAdvis/properties/AdvisNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data1.AdvisTekst !== undefined){
let data3 = data1.AdvisTekst;
if(typeof data3 === "string"){
if(data3.length < 2 && func2(data3) < 1){
const err10 = {instancePath:instancePath+"/Advis/AdvisTekst",schemaPath:"#/definitions/SkatAdvis/properties/AdvisTekst/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/Advis/AdvisTekst",schemaPath:"#/definitions/SkatAdvis/properties/AdvisTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/Advis",schemaPath:"#/definitions/SkatAdvis/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate88.errors = vErrors;
return errors === 0;
}


function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransaktionsID === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsID"},message:"must have required property '"+"TransaktionsID"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.ServiceID === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ServiceID"},message:"must have required property '"+"ServiceID"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.TransaktionsTid === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransaktionsTid"},message:"must have required property '"+"TransaktionsTid"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "TransaktionsID") || (key0 === "ServiceID")) || (key0 === "TransaktionsTid")) || (key0 === "SvarReaktion"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.TransaktionsID !== undefined){
let data0 = data.TransaktionsID;
if(typeof data0 === "string"){
if(data0.length > 100 && func2(data0) > 100){
const err4 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0.length < 2 && func2(data0) < 1){
const err5 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/TransaktionsID",schemaPath:"#/definitions/TransaktionsID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.ServiceID !== undefined){
let data1 = data.ServiceID;
if(typeof data1 === "string"){
if(data1.length > 100 && func2(data1) > 100){
const err7 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1.length < 2 && func2(data1) < 1){
const err8 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/ServiceID",schemaPath:"#/definitions/ServiceID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.TransaktionsTid !== undefined){
let data2 = data.TransaktionsTid;
if(typeof data2 === "string"){
if(!(formats0(data2))){
const err10 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/format",keyword:"format",params:{format: "dato-tid"},message:"must match format \""+"dato-tid"+"\""};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/TransaktionsTid",schemaPath:"typer.schema.json#/definitions/DatoTid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.SvarReaktion !== undefined){
let data3 = data.SvarReaktion;
if(Array.isArray(data3)){
if(data3.length < 1){
const err12 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate88(data3[i0], {instancePath:instancePath+"/SvarReaktion/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/SvarReaktion",schemaPath:"#/properties/SvarReaktion/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}


function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.HovedOplysningerSvar === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "HovedOplysningerSvar"},message:"must have required property '"+"HovedOplysningerSvar"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "HovedOplysningerSvar")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.HovedOplysningerSvar !== undefined){
if(!(validate87(data.HovedOplysningerSvar, {instancePath:instancePath+"/HovedOplysningerSvar",parentData:data,parentDataProperty:"HovedOplysningerSvar",rootData}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}


function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="opkraevning-kontant-indbetaling-opret-o.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Kontekst === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Kontekst"},message:"must have required property '"+"Kontekst"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Kontekst")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Kontekst !== undefined){
if(!(validate86(data.Kontekst, {instancePath:instancePath+"/Kontekst",parentData:data,parentDataProperty:"Kontekst",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate85.errors = vErrors;
return errors === 0;
}

export const validateRegistry: SchemaValidator = validate100;
const schema123 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"registry.schema.json","type":"object","properties":{"$schema":{"type":"string"},"fagsystemer":{"type":"array","items":{"$ref":"#/definitions/FagsystemPost"},"maxItems":1000},"debitorsystemer":{"type":"array","items":{"$ref":"#/definitions/DebitorsystemPost"},"maxItems":100}},"required":["fagsystemer","debitorsystemer"],"additionalProperties":false,"definitions":{"RegistryId":{"type":"string","pattern":"^[a-z0-9-]{1,40}$"},"FagsystemPost":{"type":"object","properties":{"id":{"$ref":"#/definitions/RegistryId"},"navn":{"type":"string","minLength":1,"maxLength":100},"itSystemInstanser":{"type":"array","items":{"$ref":"typer.schema.json#/definitions/UUID"},"maxItems":100,"uniqueItems":true},"myndigheder":{"type":"array","items":{"$ref":"typer.schema.json#/definitions/CVRNummer"},"maxItems":1000,"uniqueItems":true}},"required":["id","navn","itSystemInstanser","myndigheder"],"additionalProperties":false},"DebitorsystemPost":{"type":"object","properties":{"id":{"$ref":"#/definitions/RegistryId"},"navn":{"type":"string","minLength":1,"maxLength":100}},"required":["id","navn"],"additionalProperties":false}}};
const schema124 = {"type":"object","properties":{"id":{"$ref":"#/definitions/RegistryId"},"navn":{"type":"string","minLength":1,"maxLength":100},"itSystemInstanser":{"type":"array","items":{"$ref":"typer.schema.json#/definitions/UUID"},"maxItems":100,"uniqueItems":true},"myndigheder":{"type":"array","items":{"$ref":"typer.schema.json#/definitions/CVRNummer"},"maxItems":1000,"uniqueItems":true}},"required":["id","navn","itSystemInstanser","myndigheder"],"additionalProperties":false};
const schema125 = {"type":"string","pattern":"^[a-z0-9-]{1,40}$"};
const pattern17 = new RegExp("^[a-z0-9-]{1,40}$", "u");
const func0 = (equalModule.default ?? equalModule);

function validate101(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.navn === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "navn"},message:"must have required property '"+"navn"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.itSystemInstanser === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "itSystemInstanser"},message:"must have required property '"+"itSystemInstanser"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.myndigheder === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "myndigheder"},message:"must have required property '"+"myndigheder"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "id") || (key0 === "navn")) || (key0 === "itSystemInstanser")) || (key0 === "myndigheder"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern17.test(data0)){
const err5 = {instancePath:instancePath+"/id",schemaPath:"#/definitions/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/id",schemaPath:"#/definitions/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.navn !== undefined){
let data1 = data.navn;
if(typeof data1 === "string"){
if(data1.length > 100 && func2(data1) > 100){
const err7 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1.length < 2 && func2(data1) < 1){
const err8 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.itSystemInstanser !== undefined){
let data2 = data.itSystemInstanser;
if(Array.isArray(data2)){
if(data2.length > 100){
const err10 = {instancePath:instancePath+"/itSystemInstanser",schemaPath:"#/properties/itSystemInstanser/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err11 = {instancePath:instancePath+"/itSystemInstanser/" + i0,schemaPath:"typer.schema.json#/definitions/UUID/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/itSystemInstanser/" + i0,schemaPath:"typer.schema.json#/definitions/UUID/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data2[i1], data2[j0])){
const err13 = {instancePath:instancePath+"/itSystemInstanser",schemaPath:"#/properties/itSystemInstanser/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err14 = {instancePath:instancePath+"/itSystemInstanser",schemaPath:"#/properties/itSystemInstanser/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.myndigheder !== undefined){
let data4 = data.myndigheder;
if(Array.isArray(data4)){
if(data4.length > 1000){
const err15 = {instancePath:instancePath+"/myndigheder",schemaPath:"#/properties/myndigheder/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1 && errors < MAX_ERRORS; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(!pattern1.test(data5)){
const err16 = {instancePath:instancePath+"/myndigheder/" + i2,schemaPath:"typer.schema.json#/definitions/CVRNummer/pattern",keyword:"pattern",params:{pattern: "^[0-9]{8}$"},message:"must match pattern \""+"^[0-9]{8}$"+"\""};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/myndigheder/" + i2,schemaPath:"typer.schema.json#/definitions/CVRNummer/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
outer1:
for(;i3--;){
for(j1 = i3; j1--;){
if(func0(data4[i3], data4[j1])){
const err18 = {instancePath:instancePath+"/myndigheder",schemaPath:"#/properties/myndigheder/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err19 = {instancePath:instancePath+"/myndigheder",schemaPath:"#/properties/myndigheder/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate101.errors = vErrors;
return errors === 0;
}

const schema128 = {"type":"object","properties":{"id":{"$ref":"#/definitions/RegistryId"},"navn":{"type":"string","minLength":1,"maxLength":100}},"required":["id","navn"],"additionalProperties":false};

function validate103(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.navn === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "navn"},message:"must have required property '"+"navn"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "id") || (key0 === "navn"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern17.test(data0)){
const err3 = {instancePath:instancePath+"/id",schemaPath:"#/definitions/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/id",schemaPath:"#/definitions/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.navn !== undefined){
let data1 = data.navn;
if(typeof data1 === "string"){
if(data1.length > 100 && func2(data1) > 100){
const err5 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.length < 2 && func2(data1) < 1){
const err6 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/navn",schemaPath:"#/properties/navn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate103.errors = vErrors;
return errors === 0;
}


function validate100(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="registry.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fagsystemer === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fagsystemer"},message:"must have required property '"+"fagsystemer"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.debitorsystemer === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "debitorsystemer"},message:"must have required property '"+"debitorsystemer"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "$schema") || (key0 === "fagsystemer")) || (key0 === "debitorsystemer"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err3 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.fagsystemer !== undefined){
let data1 = data.fagsystemer;
if(Array.isArray(data1)){
if(data1.length > 1000){
const err4 = {instancePath:instancePath+"/fagsystemer",schemaPath:"#/properties/fagsystemer/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
if(!(validate101(data1[i0], {instancePath:instancePath+"/fagsystemer/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/fagsystemer",schemaPath:"#/properties/fagsystemer/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.debitorsystemer !== undefined){
let data3 = data.debitorsystemer;
if(Array.isArray(data3)){
if(data3.length > 100){
const err6 = {instancePath:instancePath+"/debitorsystemer",schemaPath:"#/properties/debitorsystemer/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1 && errors < MAX_ERRORS; i1++){
if(!(validate103(data3[i1], {instancePath:instancePath+"/debitorsystemer/" + i1,parentData:data3,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/debitorsystemer",schemaPath:"#/properties/debitorsystemer/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate100.errors = vErrors;
return errors === 0;
}

export const validateTransportKvittering: SchemaValidator = validate105;
const schema130 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"transport-kvittering.schema.json","type":"object","properties":{"TransportValideringsKode":{"type":"string","enum":["OK","ADVARSEL","FEJL"]},"Begrundelse":{"type":"string"},"FejlListe":{"$ref":"kvittering.schema.json#/definitions/FejlListe"}},"required":["TransportValideringsKode"],"additionalProperties":false};

function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Fejl === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Fejl"},message:"must have required property '"+"Fejl"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "Fejl")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Fejl !== undefined){
let data0 = data.Fejl;
if(Array.isArray(data0)){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0 && errors < MAX_ERRORS; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.FejlKode === undefined){
const err3 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlKode"},message:"must have required property '"+"FejlKode"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.FejlTekst === undefined){
const err4 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/required",keyword:"required",params:{missingProperty: "FejlTekst"},message:"must have required property '"+"FejlTekst"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "FejlKode") || (key1 === "FejlTekst"))){
const err5 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.FejlKode !== undefined){
if(typeof data1.FejlKode !== "string"){
const err6 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlKode",schemaPath:"#/definitions/Fejl/properties/FejlKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.FejlTekst !== undefined){
if(typeof data1.FejlTekst !== "string"){
const err7 = {instancePath:instancePath+"/Fejl/" + i0+"/FejlTekst",schemaPath:"#/definitions/Fejl/properties/FejlTekst/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/Fejl/" + i0,schemaPath:"#/definitions/Fejl/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/Fejl",schemaPath:"#/properties/Fejl/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate106.errors = vErrors;
return errors === 0;
}


function validate105(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="transport-kvittering.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.TransportValideringsKode === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "TransportValideringsKode"},message:"must have required property '"+"TransportValideringsKode"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "TransportValideringsKode") || (key0 === "Begrundelse")) || (key0 === "FejlListe"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.TransportValideringsKode !== undefined){
let data0 = data.TransportValideringsKode;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/TransportValideringsKode",schemaPath:"#/properties/TransportValideringsKode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((data0 === "OK") || (data0 === "ADVARSEL")) || (data0 === "FEJL"))){
const err3 = {instancePath:instancePath+"/TransportValideringsKode",schemaPath:"#/properties/TransportValideringsKode/enum",keyword:"enum",params:{allowedValues: schema130.properties.TransportValideringsKode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Begrundelse !== undefined){
if(typeof data.Begrundelse !== "string"){
const err4 = {instancePath:instancePath+"/Begrundelse",schemaPath:"#/properties/Begrundelse/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.FejlListe !== undefined){
if(!(validate106(data.FejlListe, {instancePath:instancePath+"/FejlListe",parentData:data,parentDataProperty:"FejlListe",rootData}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate105.errors = vErrors;
return errors === 0;
}


/** One error of a validator, as ajv reports it. */
export interface SchemaError {
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Judges a value; where the answer is false, `errors` says why until the next call. */
export interface SchemaValidator {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

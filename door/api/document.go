package api

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cairn/app"
	"cairn/door/input"
)

const (
	mediaJSON    = "application/json"
	mediaProblem = "application/problem+json"
)

// describe makes the OpenAPI document of a catalogue.
func describe(c *app.Catalogue) (text []byte, err error) {
	defer func() { // huma's reflection panics on types that it cannot describe
		if e := recover(); e != nil {
			err = fmt.Errorf("a type cannot be described: %v", e)
		}
	}()
	d := newDocument()
	d.add("POST", "/api/login", "Log in", "Gives a bearer token.", "session", reflect.TypeFor[LogInInput](), reflect.TypeFor[LoggedIn]()).Security = []map[string][]string{}
	logOut := d.add("DELETE", "/api/login", "Log out", "Ends the token.", "session", nil, nil)
	logOut.Responses["204"] = &huma.Response{Description: "Ended."}
	for _, domain := range c.Domains {
		d.api.Tags = append(d.api.Tags, &huma.Tag{Name: domain.Name, Description: domain.Doc})
		for _, a := range domain.Actions {
			in := reflect.TypeOf(a.NewInput()).Elem()
			op := d.add("POST", "/api/actions/"+a.Name, a.Title, a.Help, domain.Name, in, reflect.TypeFor[app.Outcome]())
			out := d.schema(reflect.TypeOf(a.NewOutput()).Elem())
			op.Responses["200"].Content[mediaJSON].Schema = &huma.Schema{AllOf: []*huma.Schema{
				d.schema(reflect.TypeFor[app.Outcome]()), {Type: huma.TypeObject, Properties: map[string]*huma.Schema{"out": out}}}}
		}
		for _, v := range domain.Views {
			in, out := reflect.TypeOf(v.NewInput()).Elem(), reflect.TypeOf(v.NewOutput()).Elem()
			d.add("POST", "/api/views/"+v.Name, v.Title, v.Help, domain.Name, in, out)
			get := d.add("GET", "/api/views/"+v.Name, v.Title, v.Help, domain.Name, nil, out)
			get.Parameters = append(get.Parameters, d.parameters(v.NewInput())...)
		}
	}
	d.finish()
	return json.Marshal(d.api)
}

type document struct {
	api      *huma.OpenAPI
	registry huma.Registry
	types    map[string]reflect.Type // structs by the name of their schema
}

func newDocument() *document {
	d := &document{types: map[string]reflect.Type{}}
	config := huma.Config{OpenAPI: &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Cairn", Version: "1", License: &huma.License{Name: "Apache-2.0"},
			Description: "Every action and view of the office. Failures are problem+json with the member fault."},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", d.name),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer"}, "basic": {Type: "http", Scheme: "basic"}},
		},
		Security: []map[string][]string{{"bearer": {}}, {"basic": {}}},
	}}
	config.FieldsOptionalByDefault = true
	d.api = huma.NewAPI(config, nil).OpenAPI()
	d.registry = config.Components.Schemas
	return d
}

var unfit = strings.NewReplacer("[", ".", "]", "", "*", "", "/", "-", ",", "-", "·", "-")

// name keeps types of one name in different packages apart: "people.Person".
func (d *document) name(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return unfit.Replace(hint)
	}
	name := unfit.Replace(path.Base(t.PkgPath()) + "." + t.Name())
	if t.Kind() == reflect.Struct {
		d.types[name] = t
	}
	return name
}

func (d *document) schema(t reflect.Type) *huma.Schema { return d.registry.Schema(t, true, "value") }

func (d *document) add(method, route, title, help, tag string, in, out reflect.Type) *huma.Operation {
	op := &huma.Operation{Method: method, Path: route, Tags: []string{tag}, Summary: title, Description: help,
		OperationID: strings.ToLower(method) + strings.ReplaceAll(strings.TrimPrefix(route, "/api"), "/", "."),
		Responses:   map[string]*huma.Response{}}
	if in != nil {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{mediaJSON: {Schema: d.schema(in)}}}
	}
	if out != nil {
		op.Responses["200"] = &huma.Response{Description: "Done.", Content: map[string]*huma.MediaType{mediaJSON: {Schema: d.schema(out)}}}
	}
	if tag != "session" {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Cairn-Reason", In: "header",
			Description: "Why, percent-encoded, where the gate asks for a reason.", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	for _, status := range []int{401, 403, 404, 409, 413, 415, 422, 451, 500, 503} {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/problem"}
	}
	d.api.AddOperation(op)
	return op
}

// parameters describes the fields that can stand in a query.
func (d *document) parameters(in any) []*huma.Param {
	var out []*huma.Param
	for _, f := range input.Fields(in) {
		if !f.Local {
			out = append(out, &huma.Param{Name: f.Name, In: "query", Description: f.Help, Required: f.Needed, Schema: d.schema(f.Type)})
		}
	}
	return out
}

// finish adds help texts and leaves out fields that this door refuses.
func (d *document) finish() {
	problem := d.schema(reflect.TypeFor[Problem]())
	d.api.Components.Responses = map[string]*huma.Response{"problem": {Description: "It was not done; fault says why.",
		Content: map[string]*huma.MediaType{mediaProblem: {Schema: problem}}}}
	for name, s := range d.registry.Map() {
		t := d.types[name]
		if t == nil || s.Properties == nil {
			continue
		}
		for _, f := range input.Fields(reflect.New(t).Interface()) {
			if p := s.Properties[f.Name]; p != nil {
				p.Description = f.Help
			}
			if f.Local && f.Help != "" {
				delete(s.Properties, f.Name)
			}
			if p := s.Properties[f.Name]; p != nil && p.Ref == "" && f.Type.Kind() == reflect.Map {
				p.Nullable = true // as a map of Go that nothing was put into is written
			}
		}
	}
	slices.SortFunc(d.api.Tags, func(a, b *huma.Tag) int { return strings.Compare(a.Name, b.Name) })
}

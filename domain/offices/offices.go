// Package offices holds who works where: offices, their staff and roles, and the
// policies under which decisions were taken.
//
// Words: an office keeps one log and signs it; staff are people who log in, each
// with roles that the gate knows; an adopted policy is the text of the gate as an
// entry, so that a decision can be taken again under the rules of its day; a backup
// is a copy that left the office; an erasure destroyed a subject's key and rows, and
// is pending while a backup made before it is kept.
//
//	office.Do(ctx, actor, "offices.appoint_staff", &offices.AppointInput{Login: "ana", Roles: []string{"registrar"}, …})
package offices

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/fold"
)

//go:embed tables.sql
var schema string

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "offices", Doc: "Offices, staff, roles and the policies in force.",
		Schema: schema,
		Subjects: []blueprint.Subject{
			{Name: "office", Doc: "A place that keeps a log of its own."},
			{Name: "staff", Doc: "Somebody who works with the record."},
			{Name: "backup", Doc: "A copy of the ledger and its keys that left the office."},
			{Name: "erasure", Doc: "That the key and the rows of a subject were destroyed."},
		},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[OfficeOpened]("office"),
			blueprint.KindOf[PolicyAdopted]("office"),
			blueprint.KindOf[StaffAppointed]("staff"),
			blueprint.KindOf[RolesChanged]("staff"),
			blueprint.KindOf[PasswordChanged]("staff"),
			blueprint.KindOf[StaffDismissed]("staff"),
			blueprint.KindOf[BackupMade]("backup"),
			blueprint.KindOf[SubjectErased]("erasure"),
		},
		Projections: []*fold.Projection{officeProjection, staffProjection, backupProjection, erasureProjection},
		Actions: []blueprint.Action{openOffice, appointStaff, changeRoles, changePassword, dismissStaff,
			adoptPolicy, recordBackup, eraseSubject},
		Views:  []blueprint.View{listStaff, listErasures},
		Checks: []blueprint.Check{erasuresHold},
	}
}
